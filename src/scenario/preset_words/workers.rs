//! Presets about choices among many, and about workers and who holds them.

use super::Words;
use crate::lang::Text;

/// Their words.
pub(super) static WORDS: &[Words] = &[
    Words {
        name: "two-choices",
        title: Text::new("Two choices", "Zwei zur Wahl", "Deux choix"),
        teaches: Text::new(
            "Ten servers, each with a load of 0.8 and requests of 10 ms on average. Who picks a server at random makes ten \
         separate queues: 50 ms on average, of which 40 are waiting. In turns it is 29 ms. Who looks at two at random \
         and takes the one with fewer requests has 21 ms; who looks at all ten, 14. The second look is worth more than \
         all others together. Compare random, round_robin, power_of_d and least_connections.",
            "Zehn Server, jeder mit einer Last von 0,8 und Anfragen von im Mittel 10 ms. Wer einen Server blind wählt, \
         macht zehn getrennte Schlangen: im Mittel 50 ms, davon 40 Warten. Reihum sind es 29 ms. Wer zwei zufällige \
         ansieht und den mit weniger Anfragen nimmt, hat 21 ms; wer alle zehn ansieht, 14. Der zweite Blick ist mehr \
         wert als alle anderen zusammen. Zu vergleichen: random, round_robin, power_of_d und least_connections.",
            "Dix serveurs, chacun avec une charge de 0,8 et des requêtes de 10 ms en moyenne. Qui choisit un serveur au \
         hasard fait dix files séparées : 50 ms en moyenne, dont 40 d’attente. À tour de rôle, c’est 29 ms. Qui en \
         regarde deux au hasard et prend le moins chargé a 21 ms ; qui regarde les dix, 14. Le deuxième regard vaut \
         plus que tous les autres ensemble. À comparer : random, round_robin, power_of_d et least_connections.",
        ),
    },
    Words {
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
    },
];
