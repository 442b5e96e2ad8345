//! What algorithms say of a decision: the rule that picks, and scores that are more than a formula.

use crate::lang::phrases;

phrases! {
    /// The rule that picks among the scores.
    pub(super) mod rule {
        fn smallest_lots {
            en: "The smallest score wins; equals draw lots.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand entscheidet das Los.",
            fr: "Le plus petit score gagne ; à égalité, le sort décide.",
        }
        fn smallest_lots_by_weight {
            en: "The smallest score wins; equals draw lots by weight.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand entscheidet das Los nach Gewicht.",
            fr: "Le plus petit score gagne ; à égalité, le sort décide selon les poids.",
        }
        fn smallest_first {
            en: "The smallest score wins, the first of equals.",
            de: "Der kleinste Wert gewinnt, bei Gleichstand der erste.",
            fr: "Le plus petit score gagne, le premier à égalité.",
        }
        fn smallest_turns {
            en: "The smallest score wins; equals take turns.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand geht es reihum.",
            fr: "Le plus petit score gagne ; à égalité, chacune à son tour.",
        }
        fn smallest_deadline {
            en: "The smallest score wins; of equals the earliest deadline.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand die früheste Frist.",
            fr: "Le plus petit score gagne ; à égalité, l’échéance la plus proche.",
        }
        fn smallest_longest {
            en: "The smallest score wins; among equals the one that has had it for longest.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand die Replik, die ihn am längsten hat.",
            fr: "Le plus petit score gagne ; à égalité, celle qui l’a depuis le plus longtemps.",
        }
        fn smallest_nginx {
            en: "The smallest score wins; among equals, nginx's round robin.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand das Round Robin von nginx.",
            fr: "Le plus petit score gagne ; à égalité, le round robin de nginx.",
        }
        fn smallest_turn {
            en: "The smallest score wins; among equals, the largest turn, the first of these.",
            de: "Der kleinste Wert gewinnt; bei Gleichstand der höchste Zähler, davon der erste.",
            fr: "Le plus petit score gagne ; à égalité, le compteur le plus élevé, puis le premier.",
        }
        fn smallest_below(slots: Text) {
            en: "The smallest score below {slots} wins, by lot among equals; else the request is held.",
            de: "Der kleinste Wert unter {slots} gewinnt, bei Gleichstand das Los; sonst wartet die Anfrage.",
            fr: "Le plus petit score sous {slots} gagne, au sort à égalité ; sinon la requête est retenue.",
        }
        fn largest { en: "The largest score wins.", de: "Der größte Wert gewinnt.", fr: "Le plus grand score gagne." }
        fn largest_first {
            en: "The largest score wins; the first among equals.",
            de: "Der größte Wert gewinnt, bei Gleichstand der erste.",
            fr: "Le plus grand score gagne, le premier à égalité.",
        }
        fn drawn {
            en: "One is drawn with these probabilities.",
            de: "Gelost wird mit diesen Wahrscheinlichkeiten.",
            fr: "On en tire une avec ces probabilités.",
        }
        fn drawn_again {
            en: "One is drawn with these probabilities, again when it can't be asked.",
            de: "Gelost wird mit diesen Wahrscheinlichkeiten, und neu, wenn die gezogene nicht gefragt werden kann.",
            fr: "On en tire une avec ces probabilités, et de nouveau si elle ne peut pas être sollicitée.",
        }
        fn one_drawn {
            en: "One is drawn, each as likely.",
            de: "Eine wird gelost, alle sind gleich wahrscheinlich.",
            fr: "On en tire une, toutes à chances égales.",
        }
        fn shuffled {
            en: "The first of a shuffled list: each as likely.",
            de: "Die erste einer gemischten Liste: Alle sind gleich wahrscheinlich.",
            fr: "La première d’une liste mélangée : toutes à chances égales.",
        }
        fn some_drawn(n: Text) {
            en: "{n} are drawn at random; the smallest score among them wins.",
            de: "{n} werden zufällig gezogen; der kleinste Wert unter ihnen gewinnt.",
            fr: "On en tire {n} au hasard ; le plus petit score d’entre elles gagne.",
        }
        fn some_choose(n: Text) {
            en: "{n} are drawn; the first idle one of these wins, else a lot among those that are the least so far.",
            de: "{n} werden gezogen; die erste untätige davon gewinnt, sonst das Los unter denen mit dem kleinsten Wert.",
            fr: "On en tire {n} ; la première inactive gagne, sinon le sort parmi celles au plus petit score.",
        }
        fn some_again(n: Text) {
            en: "{n} are drawn with replacement; the smallest score wins.",
            de: "{n} werden mit Zurücklegen gezogen; der kleinste Wert gewinnt.",
            fr: "On en tire {n} avec remise ; le plus petit score gagne.",
        }
        fn two_drawn {
            en: "Two are drawn; the smaller score wins, the first of equals.",
            de: "Zwei werden gezogen; der kleinere Wert gewinnt, bei Gleichstand die erste.",
            fr: "On en tire deux ; le plus petit score gagne, la première à égalité.",
        }
        fn two_different {
            en: "Two different ones are drawn; the smaller score wins, the second drawn of equals.",
            de: "Zwei verschiedene werden gezogen; der kleinere Wert gewinnt, bei Gleichstand die zweite.",
            fr: "On en tire deux différentes ; le plus petit score gagne, la seconde à égalité.",
        }
        fn points_drawn(n: Text) {
            en: "{n} points of the ring are drawn; the smallest score among their replicas wins, the later draw of \
                 equals.",
            de: "{n} Punkte des Rings werden gezogen; der kleinste Wert unter ihren Repliken gewinnt, bei \
                 Gleichstand der spätere Zug.",
            fr: "On tire {n} points de l’anneau ; le plus petit score de leurs répliques gagne, le tirage le plus \
                 tardif à égalité.",
        }
        fn first_place {
            en: "The smallest place in the configuration wins.",
            de: "Der vorderste Platz in der Konfiguration gewinnt.",
            fr: "La première dans l’ordre de la configuration gagne.",
        }
        fn stretch(next: Text, total: Text) {
            en: "{next} of 0 to {total} is next: the stretch that holds it, or the one after.",
            de: "{next} aus 0 bis {total} ist als Nächstes dran: der Abschnitt, der es enthält, oder der folgende.",
            fr: "{next} entre 0 et {total} vient ensuite : le segment qui le contient, ou le suivant.",
        }
        fn no_cookie {
            en: "No cookie names one that can be asked: one is drawn, each as likely.",
            de: "Kein Cookie nennt eine, die gefragt werden kann: Eine wird gelost, alle sind gleich wahrscheinlich.",
            fr: "Aucun cookie n’en désigne une qui puisse être sollicitée : on en tire une, à chances égales.",
        }
        fn by_cookie {
            en: "The replica that the cookie names.",
            de: "Die Replik, die das Cookie nennt.",
            fr: "La réplique que désigne le cookie.",
        }
        fn fewest_steps {
            en: "The smallest number of steps wins.",
            de: "Die kleinste Zahl von Schritten gewinnt.",
            fr: "Le plus petit nombre de pas gagne.",
        }
        fn largest_hash(text: Text) {
            en: "The largest hash of {text} followed by the address wins.",
            de: "Der größte Hash von {text} mit der Adresse dahinter gewinnt.",
            fr: "Le plus grand hachage de {text} suivi de l’adresse gagne.",
        }
        fn key_at(hash: Text) {
            en: "The key is at {hash}: the nearest point ahead wins.",
            de: "Der Schlüssel liegt bei {hash}: Der nächstfolgende Punkt gewinnt.",
            fr: "La clé est en {hash} : le point suivant le plus proche gagne.",
        }
        fn key_at_asked(hash: Text) {
            en: "The key is at {hash}: the nearest point ahead whose replica can be asked.",
            de: "Der Schlüssel liegt bei {hash}: der nächstfolgende Punkt, dessen Replik gefragt werden kann.",
            fr: "La clé est en {hash} : le point suivant le plus proche dont la réplique peut être sollicitée.",
        }
        fn key_place(place: Text, size: Text) {
            en: "The key is at place {place} of {size}, or the next whose replica can be asked.",
            de: "Der Schlüssel liegt auf Platz {place} von {size} oder auf dem nächsten, dessen Replik gefragt werden kann.",
            fr: "La clé est à la place {place} sur {size}, ou à la suivante dont la réplique peut être sollicitée.",
        }
        fn with_room {
            en: "The nearest point ahead wins whose replica has room.",
            de: "Der nächstfolgende Punkt, dessen Replik Platz hat, gewinnt.",
            fr: "Le point suivant le plus proche dont la réplique a de la place gagne.",
        }
        fn ring(hash: Text, function: Text) {
            en: "The nearest point wins; the hash is {hash}, by {function}.",
            de: "Der nächste Punkt gewinnt; der Hash ist {hash}, berechnet mit {function}.",
            fr: "Le point le plus proche gagne ; le hachage est {hash}, calculé par {function}.",
        }
        fn ring_address(hash: Text) {
            en: "The nearest point wins; the hash is {hash}, by the address.",
            de: "Der nächste Punkt gewinnt; der Hash ist {hash}, berechnet aus der Adresse.",
            fr: "Le point le plus proche gagne ; le hachage est {hash}, calculé sur l’adresse.",
        }
        fn slot(hash: Text, function: Text) {
            en: "The slot decides; the hash is {hash}, by {function}.",
            de: "Der Platz in der Tabelle entscheidet; der Hash ist {hash}, berechnet mit {function}.",
            fr: "La case décide ; le hachage est {hash}, calculé par {function}.",
        }
        fn slot_address(hash: Text) {
            en: "The slot decides; the hash is {hash}, by the address.",
            de: "Der Platz in der Tabelle entscheidet; der Hash ist {hash}, berechnet aus der Adresse.",
            fr: "La case décide ; le hachage est {hash}, calculé sur l’adresse.",
        }
        fn next_slot {
            en: "The next slot of the table decides.",
            de: "Der nächste Platz der Tabelle entscheidet.",
            fr: "La case suivante de la table décide.",
        }
        fn next_in_list(place: Text, threshold: Text) {
            en: "The next in the list from place {place} on whose weight reaches {threshold}.",
            de: "Die nächste der Liste ab Platz {place}, deren Gewicht {threshold} erreicht.",
            fr: "La suivante de la liste, à partir de la place {place}, dont le poids atteint {threshold}.",
        }
        fn first_idle {
            en: "The first idle one wins; without one, the smallest score, the first of equals.",
            de: "Die erste untätige gewinnt; gibt es keine, der kleinste Wert, bei Gleichstand der erste.",
            fr: "La première inactive gagne ; sans elle, le plus petit score, le premier à égalité.",
        }
        fn first_of_line {
            en: "The first of the line wins; without one, a draw.",
            de: "Die vorderste der Schlange gewinnt; ist die Schlange leer, das Los.",
            fr: "La première de la file gagne ; si la file est vide, on tire au sort.",
        }
        fn smallest_id {
            en: "The smallest id below its limit wins.",
            de: "Die kleinste Nummer, deren Grenze nicht erreicht ist, gewinnt.",
            fr: "Le plus petit numéro dont la limite n’est pas atteinte gagne.",
        }
        fn position {
            en: "The smallest position up to now wins; else one that had no turn yet, the heaviest first; else the \
                 smallest position.",
            de: "Die kleinste Position bis jetzt gewinnt; sonst eine, die noch nicht dran war, die schwerste zuerst; \
                 sonst die kleinste Position.",
            fr: "La plus petite position jusqu’ici gagne ; sinon une qui n’a pas encore eu son tour, la plus lourde \
                 d’abord ; sinon la plus petite position.",
        }
        fn cold {
            en: "Of the cold ones the fastest wins; if all are hot, the one with the fewest inside; with fewer than \
                 two answers that are not too old, any.",
            de: "Von den kalten gewinnt die schnellste; sind alle heiß, die mit den wenigsten Anfragen; bei weniger \
                 als zwei noch frischen Antworten irgendeine.",
            fr: "Parmi les froides la plus rapide gagne ; si toutes sont chaudes, celle qui a le moins de requêtes ; \
                 avec moins de deux réponses assez fraîches, n’importe laquelle.",
        }
        fn deadline {
            en: "The earliest deadline wins; of equals, who has waited longest.",
            de: "Die früheste Frist gewinnt; bei Gleichstand die, die am längsten wartet.",
            fr: "L’échéance la plus proche gagne ; à égalité, celle qui attend depuis le plus longtemps.",
        }
        fn deadline_later {
            en: "The earliest deadline wins; the next one is 1 / (weight · factor) later.",
            de: "Die früheste Frist gewinnt; die nächste ist 1 / (Gewicht · Faktor) später.",
            fr: "L’échéance la plus proche gagne ; la suivante est 1 / (poids · facteur) plus tard.",
        }
        fn key_gives(h: Text, total: Text, rest: Text) {
            en: "The key gives {h}; {h} mod {total} = {rest}: whose stretch that is in, or, when it can't be asked, \
                 on from {h}.",
            de: "Der Schlüssel gibt {h}; {h} mod {total} = {rest}: Es gewinnt, in wessen Abschnitt das liegt; \
                 kann die nicht gefragt werden, geht es von {h} aus weiter.",
            fr: "La clé donne {h} ; {h} mod {total} = {rest} : celle dont le segment le contient gagne ; si elle ne \
                 peut pas être sollicitée, on continue à partir de {h}.",
        }
        fn address_gives(address: Text, h: Text, total: Text, rest: Text) {
            en: "{address} gives {h}; {h} mod {total} = {rest}: whose stretch that is in, or, when it can't be \
                 asked, on from {h}.",
            de: "{address} gibt {h}; {h} mod {total} = {rest}: Es gewinnt, in wessen Abschnitt das \
                 liegt; kann die nicht gefragt werden, geht es von {h} aus weiter.",
            fr: "{address} donne {h} ; {h} mod {total} = {rest} : celle dont le segment le contient gagne ; si \
                 elle ne peut pas être sollicitée, on continue à partir de {h}.",
        }
    }
}

phrases! {
    /// A candidate's score.
    pub(super) mod score {
        fn never { en: "weight 0: never", de: "Gewicht 0: nie", fr: "poids 0 : jamais" }
        fn no_weight { en: "weight 0", de: "Gewicht 0", fr: "poids 0" }
        fn idle { en: "idle: 0", de: "untätig: 0", fr: "inactive : 0" }
        fn in_flight(n: Text) { en: "{n} in flight", de: "{n} unterwegs", fr: "{n} en cours" }
        fn place(n: Text) { en: "place {n}", de: "Platz {n}", fr: "place {n}" }
        fn idle_place(n: Text) { en: "idle, place {n}", de: "untätig, Platz {n}", fr: "inactive, place {n}" }
        fn named { en: "named", de: "genannt", fr: "désignée" }
        fn not_named { en: "not named", de: "nicht genannt", fr: "pas désignée" }
        fn span(start: Text, end: Text) { en: "{start} to {end}", de: "{start} bis {end}", fr: "{start} à {end}" }
        fn from_below(start: Text, end: Text) {
            en: "from {start} to below {end}", de: "von {start} bis unter {end}", fr: "de {start} à moins de {end}",
        }
        fn against(weight: Text, threshold: Text) {
            en: "{weight} against {threshold}", de: "{weight} gegen {threshold}", fr: "{weight} contre {threshold}",
        }
        fn ring(ahead: Text) {
            en: "{ahead} of the ring ahead", de: "{ahead} des Rings weiter", fr: "{ahead} de l’anneau plus loin",
        }
        fn ring_room(ahead: Text, n: Text, room: Text) {
            en: "{ahead} of the ring ahead, {n} of {room} in flight",
            de: "{ahead} des Rings weiter, {n} von {room} unterwegs",
            fr: "{ahead} de l’anneau plus loin, {n} sur {room} en cours",
        }
        fn places(n: Text, size: Text) { en: "{n} of {size} places", de: "{n} von {size} Plätzen", fr: "{n} places sur {size}" }
        fn slots_ahead(steps: Text, n: Text) {
            en: "{steps} slots ahead in a table of {n}",
            de: "{steps} Plätze weiter in einer Tabelle mit {n}",
            fr: "{steps} cases plus loin dans une table de {n}",
        }
        fn id(id: Text, n: Text) {
            en: "id {id}, {n} in flight, no limit",
            de: "Nummer {id}, {n} unterwegs, keine Grenze",
            fr: "numéro {id}, {n} en cours, sans limite",
        }
        fn id_limit(id: Text, n: Text, limit: Text) {
            en: "id {id}, {n} in flight, limit {limit}",
            de: "Nummer {id}, {n} unterwegs, Grenze {limit}",
            fr: "numéro {id}, {n} en cours, limite {limit}",
        }
        fn nearest(distance: Text, hash: Text) {
            en: "nearest point {distance} from {hash}",
            de: "nächster Punkt {distance} von {hash} entfernt",
            fr: "point le plus proche à {distance} de {hash}",
        }
        fn nearest_room(distance: Text, hash: Text, n: Text, slots: Text) {
            en: "nearest point {distance} from {hash}, {n} in flight of {slots} slots",
            de: "nächster Punkt {distance} von {hash} entfernt, {n} unterwegs auf {slots} Plätzen",
            fr: "point le plus proche à {distance} de {hash}, {n} en cours pour {slots} places",
        }
        fn slots_hit(own: Text, slots: Text, hash: Text, slot: Text) {
            en: "{own} of {slots} slots; {hash} mod {slots} = {slot} is among them",
            de: "{own} von {slots} Plätzen; {hash} mod {slots} = {slot} ist darunter",
            fr: "{own} cases sur {slots} ; {hash} mod {slots} = {slot} en fait partie",
        }
        fn slots_miss(own: Text, slots: Text, hash: Text, slot: Text) {
            en: "{own} of {slots} slots; {hash} mod {slots} = {slot} is not among them",
            de: "{own} von {slots} Plätzen; {hash} mod {slots} = {slot} ist nicht darunter",
            fr: "{own} cases sur {slots} ; {hash} mod {slots} = {slot} n’en fait pas partie",
        }
        fn no_point { en: "no point", de: "kein Punkt", fr: "aucun point" }
        fn ahead(point: Text, by: Text) { en: "{point}, {by} ahead", de: "{point}, {by} weiter", fr: "{point}, {by} plus loin" }
        fn turn(formula: Text, turn: Said) {
            en: "{formula}; turn {turn}", de: "{formula}; Zähler {turn}", fr: "{formula} ; compteur {turn}",
        }
        fn chance(formula: Text, w: Text, total: Text) {
            en: "{formula}; drawn with {w} / {total}",
            de: "{formula}; gelost mit {w} / {total}",
            fr: "{formula} ; tirée avec {w} / {total}",
        }
        fn draw(formula: Text, place: Text) {
            en: "{formula}; draw {place}", de: "{formula}; Zug {place}", fr: "{formula} ; tirage {place}",
        }
        fn draws(formula: Text, places: Text, last: Text) {
            en: "{formula}; draw {places} and {last}",
            de: "{formula}; Zug {places} und {last}",
            fr: "{formula} ; tirages {places} et {last}",
        }
        fn turn_at(whole: Text, rest: Text, weight: Text, now: Text) {
            en: "turn at {whole} + {rest}/{weight}, now {now}",
            de: "dran bei {whole} + {rest}/{weight}, jetzt {now}",
            fr: "tour à {whole} + {rest}/{weight}, maintenant {now}",
        }
        fn turn_later { en: "turn in the next period", de: "dran in der nächsten Runde", fr: "tour à la prochaine période" }
        fn no_turn(weight: Text) {
            en: "no turn yet, weight {weight}",
            de: "noch nicht dran, Gewicht {weight}",
            fr: "pas encore eu son tour, poids {weight}",
        }
        fn due(left: Text, weight: Text) {
            en: "due in {left}, every 1 / {weight}",
            de: "fällig in {left}, alle 1 / {weight}",
            fr: "due dans {left}, tous les 1 / {weight}",
        }
        fn not_there(weight: Text) {
            en: "not there yet, every 1 / {weight}",
            de: "noch nicht da, alle 1 / {weight}",
            fr: "pas encore là, tous les 1 / {weight}",
        }
        fn due_used(left: Text, weight: Text, factor: Text, used: Said) {
            en: "due in {left}, every 1 / ({weight} · {factor}); {used}",
            de: "fällig in {left}, alle 1 / ({weight} · {factor}); {used}",
            fr: "due dans {left}, tous les 1 / ({weight} · {factor}) ; {used}",
        }
        fn no_report { en: "no report", de: "keine Meldung", fr: "aucun rapport" }
        fn no_answer {
            en: "no answer of it is kept", de: "von ihr liegt keine Antwort vor", fr: "aucune réponse d’elle n’est conservée",
        }
        fn hot(inside: Text, limit: Text, ms: Text) {
            en: "hot: {inside} inside, limit {limit}; {ms} ms",
            de: "heiß: {inside} in Arbeit, Grenze {limit}; {ms} ms",
            fr: "chaude : {inside} en cours, limite {limit} ; {ms} ms",
        }
        fn cold(inside: Text, limit: Text, ms: Text) {
            en: "cold: {inside} inside, limit {limit}; {ms} ms",
            de: "kalt: {inside} in Arbeit, Grenze {limit}; {ms} ms",
            fr: "froide : {inside} en cours, limite {limit} ; {ms} ms",
        }
    }
}
