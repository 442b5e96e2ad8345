//! Help on checks of containers, deploys, autoscalers and prices.

use crate::lang::Text;

/// Every text of it.
pub(super) const WORDS: &[Text] = &[
    Text::new(
        "Pause before each check, from the end of the one before.",
        "Pause vor jeder Prüfung, vom Ende der vorigen an.",
        "Pause avant chaque contrôle, depuis la fin du précédent.",
    ),
    Text::new(
        "Longest that a check may take.",
        "So lange darf eine Prüfung höchstens dauern.",
        "Durée maximale d’un contrôle.",
    ),
    Text::new(
        "Failures in a row after which it is unhealthy.",
        "Fehlschläge in Folge, nach denen sie ungesund ist.",
        "Échecs d’affilée après lesquels elle est malade.",
    ),
    Text::new(
        "Time after the start in which failures do not count, until the first success.",
        "Zeit nach dem Start, in der Fehlschläge nicht zählen, bis zum ersten Erfolg.",
        "Temps après le démarrage où les échecs ne comptent pas, jusqu’au premier succès.",
    ),
    Text::new(
        "Pause before each check within the start period.",
        "Pause vor jeder Prüfung in der Anlaufzeit.",
        "Pause avant chaque contrôle pendant la période de démarrage.",
    ),
    Text::new("What is done about it.", "Was dann geschieht.", "Ce qui est fait alors."),
    Text::new(
        "Nothing, as with Docker and Compose: neither is it restarted, nor does the balancer hear of it.",
        "Nichts, wie bei Docker und Compose: Weder wird sie neu gestartet, noch erfährt der \
         Lastverteiler davon.",
        "Rien, comme avec Docker et Compose : elle n’est pas redémarrée, et le répartiteur n’en sait rien.",
    ),
    Text::new(
        "It is killed, and its restart policy decides (Kubernetes' liveness probe).",
        "Sie wird beendet, und ihre Regel für Neustarts entscheidet (liveness probe von Kubernetes).",
        "Elle est tuée, et sa politique de redémarrage décide (liveness probe de Kubernetes).",
    ),
    Text::new(
        "A balancer that learns of changes lists it only while it is healthy (Traefik; Kubernetes' \
         readiness probe).",
        "Ein Lastverteiler, der von Änderungen erfährt, führt sie nur, solange sie gesund ist (Traefik; \
         readiness probe von Kubernetes).",
        "Un répartiteur qui apprend les changements ne l’inscrit que tant qu’elle est saine (Traefik ; \
         readiness probe de Kubernetes).",
    ),
    Text::new(
        "How many replicas there may be above the number wanted; with 0, a new one comes when an old one \
         has gone.",
        "Wie viele Repliken es über die gewünschte Zahl hinaus geben darf; bei 0 kommt eine neue, wenn \
         eine alte gegangen ist.",
        "Combien de répliques il peut y avoir au-delà du nombre voulu ; avec 0, une nouvelle arrive \
         quand une ancienne est partie.",
    ),
    Text::new(
        "How many of the number wanted may be missing meanwhile.",
        "Wie viele von der gewünschten Zahl derweil fehlen dürfen.",
        "Combien du nombre voulu peuvent manquer entre-temps.",
    ),
    Text::new(
        "How long a new replica must have been ready before it counts.",
        "Wie lange eine neue Replik bereit gewesen sein muss, bevor sie zählt.",
        "Depuis combien de temps une nouvelle réplique doit être prête avant de compter.",
    ),
    Text::new("By which rule.", "Nach welcher Regel.", "Selon quelle règle."),
    Text::new("What it looks at.", "Worauf er schaut.", "Ce qu’il regarde."),
    Text::new(
        "What that should be for each replica: a share of its CPU quota, requests in flight, requests a \
         second, or requests and messages that wait.",
        "Was das je Replik sein soll: ein Anteil ihrer CPU, Anfragen unterwegs, Anfragen pro Sekunde oder \
         wartende Anfragen und Nachrichten.",
        "Ce que cela devrait être par réplique : une part de son quota de CPU, des requêtes en cours, \
         des requêtes par seconde, ou des requêtes et messages en attente.",
    ),
    Text::new("Fewest replicas.", "So viele Repliken mindestens.", "Nombre minimal de répliques."),
    Text::new("Most replicas.", "So viele Repliken höchstens.", "Nombre maximal de répliques."),
    Text::new("Time between decisions.", "Zeit zwischen Entscheidungen.", "Temps entre deux décisions."),
    Text::new(
        "Span over which a value is a mean.",
        "Spanne, über die ein Wert ein Mittel ist.",
        "Durée sur laquelle une valeur est une moyenne.",
    ),
    Text::new(
        "Age of the newest value that it knows.",
        "Alter des neuesten Werts, den er kennt.",
        "Âge de la valeur la plus récente qu’il connaît.",
    ),
    Text::new(
        "Time after its start from which on a replica's values count.",
        "Zeit nach ihrem Start, ab der die Werte einer Replik zählen.",
        "Temps après son démarrage à partir duquel les valeurs d’une réplique comptent.",
    ),
    Text::new(
        "It does nothing while value / target differs from 1 by no more than this (hpa).",
        "Er tut nichts, solange Wert / Ziel höchstens um so viel von 1 abweicht (hpa).",
        "Il ne fait rien tant que valeur / cible ne s’écarte pas de 1 de plus que cela (hpa).",
    ),
    Text::new(
        "It goes down to the largest number that it wanted in this time (hpa).",
        "Er geht hinunter auf die größte Zahl, die er in dieser Zeit wollte (hpa).",
        "Il descend au plus grand nombre qu’il a voulu pendant ce temps (hpa).",
    ),
    Text::new(
        "It goes up to the smallest number that it wanted in this time (hpa).",
        "Er geht hinauf auf die kleinste Zahl, die er in dieser Zeit wollte (hpa).",
        "Il monte au plus petit nombre qu’il a voulu pendant ce temps (hpa).",
    ),
    Text::new(
        "It adds at most this share of the replicas in each up_period, or up_replicas if that is more \
         (hpa).",
        "Er fügt in jeder up_period höchstens diesen Anteil der Repliken hinzu, oder up_replicas, wenn \
         das mehr ist (hpa).",
        "Il ajoute au plus cette part des répliques par up_period, ou up_replicas si c’est plus (hpa).",
    ),
    Text::new(
        "It adds at most so many replicas in each up_period, or up_share if that is more (hpa).",
        "Er fügt in jeder up_period höchstens so viele Repliken hinzu, oder up_share, wenn das mehr ist \
         (hpa).",
        "Il ajoute au plus tant de répliques par up_period, ou up_share si c’est plus (hpa).",
    ),
    Text::new("See up_share (hpa).", "Siehe up_share (hpa).", "Voir up_share (hpa)."),
    Text::new(
        "It removes at most this share of the replicas in each down_period (hpa).",
        "Er entfernt in jeder down_period höchstens diesen Anteil der Repliken (hpa).",
        "Il retire au plus cette part des répliques par down_period (hpa).",
    ),
    Text::new("See down_share (hpa).", "Siehe down_share (hpa).", "Voir down_share (hpa)."),
    Text::new(
        "Values in a row above the target after which it adds (target_tracking).",
        "Werte in Folge über dem Ziel, nach denen er hinzufügt (target_tracking).",
        "Valeurs d’affilée au-dessus de la cible après lesquelles il ajoute (target_tracking).",
    ),
    Text::new(
        "Values in a row below in_below of the target after which it removes (target_tracking).",
        "Werte in Folge unter in_below des Ziels, nach denen er entfernt (target_tracking).",
        "Valeurs d’affilée sous in_below de la cible après lesquelles il retire (target_tracking).",
    ),
    Text::new(
        "See in_after (target_tracking).",
        "Siehe in_after (target_tracking).",
        "Voir in_after (target_tracking).",
    ),
    Text::new(
        "Time after each step in which it does nothing (target_tracking).",
        "Zeit nach jedem Schritt, in der er nichts tut (target_tracking).",
        "Temps après chaque pas où il ne fait rien (target_tracking).",
    ),
    Text::new(
        "Kubernetes' horizontal pod autoscaler: ceil(replicas × value / target), with tolerance, \
         stabilisation and limits to its speed.",
        "Der horizontal pod autoscaler von Kubernetes: ceil(Repliken × Wert / Ziel), mit Toleranz, \
         Stabilisierung und Grenzen für sein Tempo.",
        "Le horizontal pod autoscaler de Kubernetes : ceil(répliques × valeur / cible), avec tolérance, \
         stabilisation et limites de vitesse.",
    ),
    Text::new(
        "AWS target tracking: after some values in a row above or below, the same formula, then a \
         cool-down.",
        "AWS target tracking: nach einigen Werten in Folge darüber oder darunter dieselbe Formel, dann \
         eine Ruhezeit.",
        "AWS target tracking : après quelques valeurs d’affilée au-dessus ou au-dessous, la même \
         formule, puis un temps de repos.",
    ),
    Text::new(
        "CPU time used, as a share of the quota.",
        "Verbrauchte CPU-Zeit, als Teil des Anteils.",
        "Temps CPU utilisé, en part du quota.",
    ),
    Text::new(
        "Requests inside the replica, mean over time.",
        "Anfragen in der Replik, im Mittel über die Zeit.",
        "Requêtes dans la réplique, en moyenne dans le temps.",
    ),
    Text::new(
        "Requests that the replica was given, a second.",
        "Anfragen pro Sekunde, die die Replik bekam.",
        "Requêtes par seconde confiées à la réplique.",
    ),
    Text::new(
        "Requests in queue and backlogs, and messages in its broker's queue, for each replica, when a window \
         ends (KEDA).",
        "Anfragen in Warteschlange und Backlogs und Nachrichten in der Schlange des Brokers, je Replik, am \
         Ende eines Fensters (KEDA).",
        "Requêtes en file et dans les backlogs, et messages dans la file du broker, par réplique, à la fin \
         d’une fenêtre (KEDA).",
    ),
    Text::new(
        "A replica for an hour, from its start to its removal.",
        "Eine Replik für eine Stunde, vom Start bis zur Entfernung.",
        "Une réplique pendant une heure, de son démarrage à son retrait.",
    ),
    Text::new(
        "A core of a replica's quota for an hour.",
        "Ein Kern vom CPU-Anteil einer Replik für eine Stunde.",
        "Un cœur du quota d’une réplique pendant une heure.",
    ),
    Text::new(
        "A GiB of a replica's memory limit for an hour; without a limit, of the most that it used.",
        "Ein GiB der Speichergrenze einer Replik für eine Stunde; ohne Grenze vom Höchsten, was sie \
         brauchte.",
        "Un GiB de la limite de mémoire d’une réplique pendant une heure ; sans limite, du maximum \
         utilisé.",
    ),
    Text::new("A request that fails.", "Eine Anfrage, die scheitert.", "Une requête qui échoue."),
];
