//! What happens to balancers, in words. Each speaks of the settings of the front that is meant.

use super::words::say;
use super::{Narrator, Words};
use crate::algorithm::product::Passive;
use crate::lang::texts;
use crate::observe::Resource;
use crate::scenario::BalancerModel;
use crate::units::ServiceId;

texts! {
    mod own {
        fn of(service: Text) { en: "of {service}", de: "von {service}", fr: "de {service}" }
        fn for_service(service: Text) { en: "for {service}", de: "für {service}", fr: "pour {service}" }
        fn queue_full(of: Text, to: Text, n: Whole) {
            en: "The balancer{of}'s queue{to} is full, {n} of {n}.",
            de: "Die Schlange des Lastverteilers{of}{to} ist voll, {n} von {n}.",
            fr: "La file du répartiteur{of}{to} est pleine, {n} sur {n}.",
        }
        fn turns_away {
            en: "it turns clients away",
            de: "er weist Clients ab",
            fr: "il refuse des clients",
        }
        fn wait {
            en: "further clients wait to be taken",
            de: "weitere Clients warten, bis sie drankommen",
            fr: "les clients suivants attendent leur tour",
        }
        fn no_slot(of: Text, all: Text, then: Text) {
            en: "The balancer{of} has no connection slot left{all}: {then}.",
            de: "Der Lastverteiler{of} hat keinen Verbindungsplatz mehr{all}: {then}.",
            fr: "Le répartiteur{of} n’a plus de place de connexion{all} : {then}.",
        }
        fn no_file(of: Text, all: Text, then: Text) {
            en: "The balancer{of} has no file descriptor left{all}: {then}.",
            de: "Der Lastverteiler{of} hat keinen Dateideskriptor mehr{all}: {then}.",
            fr: "Le répartiteur{of} n’a plus de descripteur de fichier{all} : {then}.",
        }
        fn backlog(of: Text, all: Text) {
            en: "The balancer{of}'s listen backlog is full{all}; further connects are dropped.",
            de: "Das Backlog des Lastverteilers{of} ist voll{all}; weitere Verbindungen werden verworfen.",
            fr: "Le backlog du répartiteur{of} est plein{all} ; les connexions suivantes sont perdues.",
        }
        fn cpu(of: Text) {
            en: "The balancer{of}'s CPU is fully used: clients wait for it.",
            de: "Die CPU des Lastverteilers{of} ist ganz genutzt: Clients warten auf sie.",
            fr: "Le CPU du répartiteur{of} est entièrement utilisé : des clients l’attendent.",
        }
        fn slot_short {
            en: "balancer: no slot left",
            de: "Lastverteiler: kein Platz",
            fr: "répartiteur : plus de place",
        }
        fn file_short {
            en: "balancer: no file left",
            de: "Lastverteiler: keine Datei frei",
            fr: "répartiteur : plus de fichier",
        }
        fn backlog_short {
            en: "balancer: backlog full",
            de: "Lastverteiler: Backlog voll",
            fr: "répartiteur : backlog plein",
        }
        fn cpu_short {
            en: "balancer: CPU full",
            de: "Lastverteiler: CPU voll",
            fr: "répartiteur : CPU plein",
        }
        fn fewer(part: Share) {
            en: ", fewer than {part}",
            de: ", weniger als {part}",
            fr: ", moins de {part}",
        }
        fn panics(well: Whole, known: Whole, service: Text, less: Text, of: Text) {
            en: "{well} of {known} {known:replica|replicas} of {service} are well{less}: the balancer{of} \
                 asks all, well or not.",
            de: "{well} von {known} {known:Replik|Repliken} von {service} sind wohlauf{less}: Der \
                 Lastverteiler{of} fragt alle, ob wohlauf oder nicht.",
            fr: "{well} {known:réplique|répliques} de {service} sur {known} vont bien{less} : le \
                 répartiteur{of} les sollicite toutes, saines ou non.",
        }
        fn calm(well: Whole, known: Whole, service: Text, of: Text) {
            en: "{well} of {known} {known:replica|replicas} of {service} are well: the balancer{of} asks \
                 only those again.",
            de: "{well} von {known} {known:Replik|Repliken} von {service} sind wohlauf: Der \
                 Lastverteiler{of} fragt wieder nur diese.",
            fr: "{well} {known:réplique|répliques} de {service} sur {known} vont bien : le répartiteur{of} \
                 ne sollicite de nouveau que celles-là.",
        }
        fn panic_short {
            en: "panic: all are asked",
            de: "Panik: alle werden gefragt",
            fr: "panique : toutes sollicitées",
        }
        fn panic_over { en: "panic is over", de: "Panik vorbei", fr: "fin de la panique" }
    }
}

impl Narrator<'_> {
    /// What is before a service.
    fn front(&self, service: ServiceId) -> &BalancerModel {
        let front = self.model.fronts().iter().find(|front| front.service == service);
        front.unwrap_or(self.model.balancer())
    }

    /// What is before the service of the replica of this name.
    fn front_of(&self, name: &str) -> &BalancerModel {
        let own = |service: &crate::scenario::ServiceModel| {
            service.special.iter().any(|(_, replica)| replica.name.as_deref() == Some(name))
        };
        let of = |service: &crate::scenario::ServiceModel| {
            own(service) || name.rsplit_once('-').is_some_and(|(before, _)| before == service.name)
        };
        let place = self.model.services().iter().position(of);
        place.map_or(self.model.balancer(), |place| self.front(ServiceId::at(place)))
    }

    /// Whose balancer is before a service; empty when there is only one.
    fn whose(&self, service: ServiceId) -> String {
        if self.front(service).own {
            format!(" {}", own::of(self.lang, self.service(service)))
        } else {
            String::new()
        }
    }

    pub(super) fn queue_full(&self, service: ServiceId) -> Words {
        let (lang, front) = (self.lang, self.front(service));
        let to = match front.own || self.model.balancer().service == service {
            true => String::new(),
            false => format!(" {}", own::for_service(lang, self.service(service))),
        };
        let text = own::queue_full(lang, &self.whose(service), &to, u64::from(front.queue));
        Words::new(["queue_full", "queue", "queue_full"], say::queue_full(lang), text)
    }

    pub(super) fn balancer_full(&self, service: ServiceId, resource: Resource) -> Words {
        let (lang, front) = (self.lang, self.front(service));
        let limits = front.settings.limits.clone().unwrap_or_default();
        let whose = self.whose(service);
        let all =
            |limit: Option<u32>| limit.map_or_else(String::new, |n| say::of(lang, &lang.whole(u64::from(n))));
        let then = match front.product.passive {
            Passive::LastFailure if resource == Resource::Connections => own::turns_away(lang),
            _ => own::wait(lang),
        };
        let (group, short, text) = match resource {
            Resource::Connections => {
                let text = own::no_slot(lang, &whose, &all(limits.connections), then);
                ("connections", own::slot_short(lang), text)
            }
            Resource::Files => {
                let text = own::no_file(lang, &whose, &all(limits.files), then);
                ("files", own::file_short(lang), text)
            }
            Resource::Backlog => {
                let text = own::backlog(lang, &whose, &all(Some(limits.backlog.saturating_add(1))));
                ("backlog", own::backlog_short(lang), text)
            }
            _ => ("cpu", own::cpu_short(lang), own::cpu(lang, &whose)),
        };
        Words::new(["balancer_full", "queue", group], short, text)
    }

    pub(super) fn panics(&self, service: ServiceId, on: bool, [well, known]: [u32; 2]) -> Words {
        let (lang, whose, name) = (self.lang, self.whose(service), self.service(service));
        let [well, known] = [well, known].map(u64::from);
        if on {
            let limit = self.front(service).panic;
            let less = if limit < 1e-6 { String::new() } else { own::fewer(lang, limit) };
            let text = own::panics(lang, well, known, name, &less, &whose);
            return Words::new(["panic", "failure", "panic"], own::panic_short(lang), text);
        }
        let text = own::calm(lang, well, known, name, &whose);
        Words::new(["panic_over", "ready", "panic_over"], own::panic_over(lang), text)
    }

    pub(super) fn left_out(&self, name: &str) -> Words {
        let (lang, balancer) = (self.lang, self.front_of(name));
        let kind = ["left_out", "left_out", "left_out"];
        if let (Some(rule), true) = (&balancer.settings.ejection, balancer.product.passive == Passive::Off) {
            let text = say::is_ejected(lang, name, u64::from(rule.errors));
            return Words::new(kind, say::ejected(lang, name), text);
        }
        let span = lang.point(&balancer.fail_timeout.to_string());
        let text = say::is_left_out(lang, name, &span, u64::from(balancer.max_fails));
        Words::new(kind, say::left_out(lang, name), text)
    }
}
