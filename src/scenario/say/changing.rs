//! What may be changed in a running world, and by how much.

use crate::lang::phrases;

phrases! {
    pub(in crate::scenario) mod changes {
        fn only_dependencies {
            en: "only a dependency can be gone or flushed",
            de: "nur eine Abhängigkeit kann weg sein oder geleert werden",
            fr: "seule une dépendance peut disparaître ou être vidée",
        }
        fn only_zones {
            en: "zone_lost is for a zone, not for one replica",
            de: "zone_lost gilt für eine Zone, nicht für eine Replik",
            fr: "zone_lost vaut pour une zone, pas pour une réplique",
        }
        fn times {
            en: "times must be from 1 to 1,000,000",
            de: "times muss zwischen 1 und 1.000.000 liegen",
            fr: "times doit être compris entre 1 et 1 000 000",
        }
        fn share {
            en: "share must be from 0 to 1",
            de: "share muss zwischen 0 und 1 liegen",
            fr: "share doit être compris entre 0 et 1",
        }
        fn share_taken {
            en: "share must be from 0 to 0.99",
            de: "share muss zwischen 0 und 0,99 liegen",
            fr: "share doit être compris entre 0 et 0,99",
        }
        fn bytes {
            en: "bytes must be from 1 to 1,000,000,000,000",
            de: "bytes muss zwischen 1 und 1.000.000.000.000 liegen",
            fr: "bytes doit être compris entre 1 et 1 000 000 000 000",
        }
        fn keys {
            en: "keys must be from 0 to 1,000,000",
            de: "keys muss zwischen 0 und 1.000.000 liegen",
            fr: "keys doit être compris entre 0 et 1 000 000",
        }
        fn dependency_faults {
            en: "a dependency can only be slow, gone or flushed",
            de: "eine Abhängigkeit kann nur langsam sein, weg sein oder geleert werden",
            fr: "une dépendance peut seulement être lente, disparaître ou être vidée",
        }
        fn cores {
            en: "must be from 0.01 to 4096 cores",
            de: "muss zwischen 0,01 und 4096 Kernen liegen",
            fr: "doit valoir de 0,01 à 4096 cœurs",
        }
        fn memory {
            en: "must be whole bytes from 1 MiB to 10¹⁵, or 0 for no limit",
            de: "muss in ganzen Bytes zwischen 1 MiB und 10¹⁵ liegen, oder 0 sein für keine Grenze",
            fr: "doit être en octets entiers de 1 MiB à 10¹⁵, ou 0 pour aucune limite",
        }
        fn limit {
            en: "must be a whole number from 1 to 10,000,000, or 0 for no limit",
            de: "muss eine ganze Zahl von 1 bis 10.000.000 sein, oder 0 für keine Grenze",
            fr: "doit être un nombre entier de 1 à 10 000 000, ou 0 pour aucune limite",
        }
        fn workers {
            en: "must be a whole number of workers from 1 to 10,000",
            de: "muss eine ganze Zahl von Workern zwischen 1 und 10.000 sein",
            fr: "doit être un nombre entier de workers de 1 à 10 000",
        }
        fn part {
            en: "must be a share from 0 to 1",
            de: "muss ein Anteil zwischen 0 und 1 sein",
            fr: "doit être une part de 0 à 1",
        }
        fn check {
            en: "must be from 0.01 s to a day, or 0 for no checks",
            de: "muss zwischen 0,01 s und einem Tag liegen, oder 0 sein für keine Prüfungen",
            fr: "doit aller de 0,01 s à un jour, ou être 0 pour aucun contrôle",
        }
        fn drain {
            en: "must be 1 (finish) or 0 (drop)",
            de: "muss 1 (zu Ende führen) oder 0 (fallen lassen) sein",
            fr: "doit être 1 (finir) ou 0 (abandonner)",
        }
    }
}
