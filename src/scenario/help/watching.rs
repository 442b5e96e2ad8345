//! Help on the checks of a balancer, and on what it sends where.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new("What it does.", "Was sie tut.", "Ce qu’il fait."),
    Text::new("What it asks for.", "Wonach sie fragt.", "Ce qu’il demande."),
    Text::new(
        "Passes in a row that bring a replica back.",
        "Bestandene Prüfungen in Folge, die eine Replik zurückbringen.",
        "Succès d’affilée qui ramènent une réplique.",
    ),
    Text::new(
        "Failures in a row that take it off.",
        "Fehlschläge in Folge, die sie herausnehmen.",
        "Échecs d’affilée qui la retirent.",
    ),
    Text::new(
        "A request that waits for a worker like any other, on a path of its own: it passes also where \
         requests end with errors.",
        "Eine Anfrage, die wie jede andere auf einen Worker wartet, auf einem eigenen Pfad: Sie besteht \
         auch, wo Anfragen mit Fehlern enden.",
        "Une requête qui attend un worker comme toute autre, sur son propre chemin : elle réussit même \
         là où les requêtes finissent en erreur.",
    ),
    Text::new(
        "A connection, which the kernel accepts: it passes while the replica listens and has room, even \
         when the process hangs.",
        "Eine Verbindung, die der Kernel annimmt: Sie besteht, solange die Replik lauscht und Platz hat, \
         auch wenn der Prozess hängt.",
        "Une connexion, que le noyau accepte : elle réussit tant que la réplique écoute et a de la \
         place, même si le processus est bloqué.",
    ),
    Text::new(
        "A request that does what other requests do, and fails as they do.",
        "Eine Anfrage, die tut, was andere Anfragen tun, und scheitert wie sie.",
        "Une requête qui fait ce que font les autres, et échoue comme elles.",
    ),
    Text::new(
        "Errors in a row: attempts without an answer, and answers from 500 on.",
        "Fehler in Folge: Versuche ohne Antwort und Antworten ab 500.",
        "Erreurs d’affilée : tentatives sans réponse, et réponses à partir de 500.",
    ),
    Text::new(
        "Replicas come back only at multiples of this.",
        "Repliken kehren nur zu Vielfachen davon zurück.",
        "Les répliques ne reviennent qu’aux multiples de ce temps.",
    ),
    Text::new(
        "Length of the first ejection; the n-th in a row takes n times as long.",
        "Dauer des ersten Ausschlusses; der n-te in Folge dauert n-mal so lange.",
        "Durée de la première exclusion ; la n-ième d’affilée dure n fois plus.",
    ),
    Text::new("Longest ejection.", "Längster Ausschluss.", "Exclusion la plus longue."),
    Text::new(
        "Most replicas that may be ejected, in percent; with fewer than ten replicas, 10 % is none.",
        "So viele Prozent der Repliken dürfen höchstens ausgeschlossen sein; bei weniger als zehn \
         Repliken sind 10 % keine.",
        "Part maximale de répliques exclues, en pour cent ; avec moins de dix répliques, 10 % n’en font \
         aucune.",
    ),
    Text::new(
        "Whether one may be ejected whatever that says, as in older releases.",
        "Ob eine in jedem Fall ausgeschlossen werden darf, wie in älteren Versionen.",
        "Si une peut être exclue dans tous les cas, comme dans les versions anciennes.",
    ),
    Text::new("What comes.", "Was kommt.", "Ce qui vient."),
    Text::new(
        "Nothing new: only sessions that are on it go on there.",
        "Nichts Neues: Nur Sitzungen, die auf ihr sind, bleiben dort.",
        "Rien de nouveau : seules les sessions qui y sont s’y poursuivent.",
    ),
    Text::new("Nothing.", "Nichts.", "Rien."),
    Text::new(
        "No connection was made: refused, or no answer to it in time (HAProxy conn-failure).",
        "Es kam keine Verbindung zustande: abgewiesen, oder keine Antwort darauf in der Zeit (HAProxy \
         conn-failure).",
        "Aucune connexion : refusée, ou restée sans réponse à temps (HAProxy conn-failure).",
    ),
    Text::new(
        "Refused, or cut off before the answer was there (nginx error).",
        "Abgewiesen, oder abgebrochen, bevor die Antwort da war (nginx error).",
        "Refusée, ou coupée avant que la réponse soit là (nginx error).",
    ),
    Text::new(
        "No connection or no answer in time (nginx timeout).",
        "Keine Verbindung oder keine Antwort in der Zeit (nginx timeout).",
        "Pas de connexion ou pas de réponse à temps (nginx timeout).",
    ),
    Text::new(
        "An answer of 500, 502, 503 or 504.",
        "Eine Antwort mit 500, 502, 503 oder 504.",
        "Une réponse en 500, 502, 503 ou 504.",
    ),
    Text::new(
        "With the others: also requests that must not be done twice, after they have been sent.",
        "Zusammen mit den anderen: auch Anfragen, die nicht zweimal ausgeführt werden dürfen, nachdem \
         sie gesendet wurden.",
        "Avec les autres : aussi les requêtes qui ne doivent pas être faites deux fois, une fois envoyées.",
    ),
];
