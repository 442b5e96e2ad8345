//! Presets about workers and who holds them.

use super::Words;
use crate::lang::Text;

/// Their words.
pub(super) static WORDS: &[Words] = &[Words {
    name: "slow-clients",
    title: Text::new("Four slow clients", "Vier langsame Clients", "Quatre clients lents"),
    teaches: Text::new(
        "Two replicas with two workers each, and 20 requests a second: an eighth of what they can do. At 10 s four \
         clients begin to send an upload, little by little, for a minute. HAProxy passes on what comes, so each worker \
         waits for one of them: the CPU has nothing to do, and nobody is served until the workers are killed for it, \
         30 s later. With buffers = true the balancer reads a request to its end before it chooses a replica, as nginx \
         does: four connections are open, and nothing else happens.",
        "Zwei Repliken mit je zwei Workern, und 20 Anfragen pro Sekunde: ein Achtel dessen, was sie schaffen. Bei 10 s \
         beginnen vier Clients, eine Datei hochzuladen, Stück für Stück, eine Minute lang. HAProxy reicht weiter, was \
         kommt, also wartet jeder Worker auf einen von ihnen: Die CPU hat nichts zu tun, und niemand wird bedient, bis \
         die Worker dafür beendet werden, 30 s später. Mit buffers = true liest der Lastverteiler eine Anfrage bis \
         zum Ende, bevor er eine Replik wählt, wie nginx: Vier Verbindungen sind offen, sonst geschieht nichts.",
        "Deux répliques de deux workers chacune, et 20 requêtes par seconde : un huitième de ce qu’elles peuvent. À \
         10 s, quatre clients commencent à envoyer un fichier, petit à petit, pendant une minute. HAProxy transmet ce \
         qui vient, donc chaque worker attend l’un d’eux : le CPU n’a rien à faire, et personne n’est servi \
         jusqu’à ce que les workers soient tués pour cela, 30 s plus tard. Avec buffers = true, le répartiteur lit \
         une requête jusqu’au bout avant de choisir une réplique, comme nginx : quatre connexions sont ouvertes, et rien \
         d’autre n’arrive.",
    ),
}];
