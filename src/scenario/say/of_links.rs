//! What an address asks for that can't be had.

use crate::lang::phrases;

phrases! {
    pub(in crate::scenario) mod links {
        fn no_fragment(why: Said) {
            en: "{why}; the part after # is left out",
            de: "{why}; der Teil nach # bleibt weg",
            fr: "{why} ; la partie après # est laissée de côté",
        }
        fn no_scenario_but_link {
            en: "there is no such scenario; the one in the link is used",
            de: "dieses Szenario gibt es nicht; es gilt das im Link",
            fr: "ce scénario n’existe pas ; on prend celui du lien",
        }
        fn no_scenario(instead: Text) {
            en: "there is no such scenario; {instead} is used",
            de: "dieses Szenario gibt es nicht; es gilt {instead}",
            fr: "ce scénario n’existe pas ; on prend {instead}",
        }
        fn too_long(n: Text, limit: Text) {
            en: "it has {n} characters; at most {limit} are read",
            de: "das sind {n} Zeichen; höchstens {limit} werden gelesen",
            fr: "il a {n} caractères ; {limit} au plus sont lus",
        }
        fn version {
            en: "it is of a version that this page does not know",
            de: "diese Version kennt die Seite nicht",
            fr: "il est d’une version que cette page ne connaît pas",
        }
        fn damaged {
            en: "it is cut or damaged", de: "er ist abgeschnitten oder beschädigt", fr: "il est coupé ou abîmé",
        }
        fn left_out(why: Said) { en: "left out: {why}", de: "ausgelassen: {why}", fr: "laissé de côté : {why}" }
        fn no_algorithm(instead: Text) {
            en: "there is no such algorithm; {instead} is used",
            de: "diesen Algorithmus gibt es nicht; es gilt {instead}",
            fr: "cet algorithme n’existe pas ; on prend {instead}",
        }
        fn no_whole(instead: Text) {
            en: "is no whole number; {instead} is used",
            de: "ist keine ganze Zahl; es gilt {instead}",
            fr: "n’est pas un nombre entier ; on prend {instead}",
        }
        fn whole(limit: Text, instead: Text) {
            en: "a whole number from 0 to {limit} is needed; {instead} is used",
            de: "nötig ist eine ganze Zahl von 0 bis {limit}; es gilt {instead}",
            fr: "il faut un nombre entier de 0 à {limit} ; on prend {instead}",
        }
        fn no_rate {
            en: "this scenario has users who wait for each answer, not a rate; it is left out",
            de: "dieses Szenario hat Nutzer, die auf jede Antwort warten, keine Rate; die Angabe entfällt",
            fr: "ce scénario a des utilisateurs qui attendent chaque réponse, pas un débit ; il est laissé de côté",
        }
        fn bad_rate(instead: Text) {
            en: "is no rate such as 40/s; {instead}/s is used",
            de: "ist keine Rate wie 40/s; es gilt {instead}/s",
            fr: "n’est pas un débit comme 40/s ; on prend {instead}/s",
        }
        fn large_rate(limit: Text) {
            en: "is more than a page can show; {limit}/s is used",
            de: "ist mehr, als eine Seite zeigen kann; es gilt {limit}/s",
            fr: "dépasse ce qu’une page peut montrer ; on prend {limit}/s",
        }
        fn seed(instead: Text) {
            en: "a whole number below 2⁵³ is needed; {instead} is used",
            de: "nötig ist eine ganze Zahl unter 2⁵³; es gilt {instead}",
            fr: "il faut un nombre entier sous 2⁵³ ; on prend {instead}",
        }
    }
}
