//! What is wrong with services, balancers, networks and dependencies.

use crate::lang::phrases;

phrases! {
    pub(in crate::scenario) mod parts {
        fn idle {
            en: "idle and replica_idle must be longer than 0 s",
            de: "idle und replica_idle müssen länger als 0 s sein",
            fr: "idle et replica_idle doivent dépasser 0 s",
        }
        fn addresses(addresses: Text, ports: Text) {
            en: "{addresses} with {ports} ports each make more than 10,000,000",
            de: "{addresses} mit je {ports} Ports ergeben mehr als 10.000.000",
            fr: "{addresses} avec {ports} ports chacune font plus de 10 000 000",
        }
        fn name(name: Text) {
            en: "is \"{name}\"; must be 1 to 63 letters, digits, - _ or .",
            de: "ist „{name}“; erlaubt sind 1 bis 63 Buchstaben, Ziffern, - _ oder .",
            fr: "est « {name} » ; il faut 1 à 63 lettres, chiffres, - _ ou .",
        }
        fn places {
            en: "and workers make more than 10,000,000 places",
            de: "und workers ergeben mehr als 10.000.000 Plätze",
            fr: "et workers font plus de 10 000 000 places",
        }
        fn event_loop(threads: Text) {
            en: "is {threads}; an event loop is one thread",
            de: "ist {threads}; eine Ereignisschleife ist ein Thread",
            fr: "vaut {threads} ; une boucle d’événements est un seul thread",
        }
        fn leave_threads {
            en: "Leave it out; workers is the number of loops",
            de: "Weglassen; workers ist die Zahl der Schleifen",
            fr: "Le retirer ; workers est le nombre de boucles",
        }
        fn never_cold {
            en: "must be at least 1; 1 is a service that is never cold",
            de: "muss mindestens 1 sein; 1 ist ein Dienst, der nie kalt ist",
            fr: "doit valoir au moins 1 ; 1 est un service jamais froid",
        }
        fn host_cores(cores: Text, host: Text) {
            en: "is {cores}; the host has {host} (host.cores)",
            de: "ist {cores}; der Host hat {host} (host.cores)",
            fr: "vaut {cores} ; l’hôte en a {host} (host.cores)",
        }
        fn memory(limit: Text, base: Text) {
            en: "is {limit}, which is no more than the process itself takes, {base}",
            de: "ist {limit}, nicht mehr, als der Prozess selbst braucht, {base}",
            fr: "vaut {limit}, pas plus que ce que prend le processus lui-même, {base}",
        }
        fn more_memory {
            en: "Raise the limit or lower ram.base",
            de: "Die Grenze anheben oder ram.base senken",
            fr: "Relever la limite ou baisser ram.base",
        }
        fn no_deploy {
            en: "may neither add a replica nor miss one, and would never begin",
            de: "darf weder eine Replik hinzufügen noch eine entbehren und würde nie beginnen",
            fr: "ne peut ni ajouter une réplique ni se passer d’une, et ne commencerait jamais",
        }
        fn allow_deploy {
            en: "Set max_surge or max_unavailable to at least 1",
            de: "max_surge oder max_unavailable auf mindestens 1 setzen",
            fr: "Mettre max_surge ou max_unavailable à 1 au moins",
        }
        fn samples(span: Text, most: Text, step: Text) {
            en: "is {span}; at most {most} times {step} are allowed",
            de: "ist {span}; höchstens das {most}-Fache von {step} ist erlaubt",
            fr: "vaut {span} ; {most} fois {step} au plus sont permis",
        }
        fn name_workers {
            en: "Name the service whose replicas take the messages",
            de: "Den Dienst nennen, dessen Repliken die Nachrichten holen",
            fr: "Nommer le service dont les répliques prennent les messages",
        }
        fn at_the_edge(name: Text) {
            en: "\"{name}\" is the service behind the balancer",
            de: "„{name}“ ist der Dienst hinter dem Lastverteiler",
            fr: "« {name} » est le service derrière le répartiteur",
        }
        fn own_workers {
            en: "Give the workers a service of their own, or set balancer.service",
            de: "Den Workern einen eigenen Dienst geben oder balancer.service setzen",
            fr: "Donner aux workers leur propre service, ou mettre balancer.service",
        }
        fn other_broker(name: Text) {
            en: "\"{name}\" takes its work from another broker already",
            de: "„{name}“ holt seine Arbeit schon von einem anderen Broker",
            fr: "« {name} » reçoit déjà son travail d’un autre broker",
        }
        fn has_balancer(name: Text) {
            en: "\"{name}\" has a balancer, and its work comes from a broker",
            de: "„{name}“ hat einen Lastverteiler, und seine Arbeit kommt von einem Broker",
            fr: "« {name} » a un répartiteur, et son travail vient d’un broker",
        }
        fn no_balancer {
            en: "Leave out the balancer of that service",
            de: "Den Lastverteiler dieses Dienstes weglassen",
            fr: "Retirer le répartiteur de ce service",
        }
        fn share_of_workers {
            en: "is more than 0, and the work of this service comes from a broker",
            de: "ist mehr als 0, und die Arbeit dieses Dienstes kommt von einem Broker",
            fr: "dépasse 0, et le travail de ce service vient d’un broker",
        }
        fn no_share { en: "Set share = 0", de: "share = 0 setzen", fr: "Mettre share = 0" }
        fn no_store(name: Text) {
            en: "\"{name}\" is no store (kind = \"store\")",
            de: "„{name}“ ist kein Speicher für Sitzungen (kind = \"store\")",
            fr: "« {name} » n’est pas un stockage de sessions (kind = \"store\")",
        }
        fn not_used { en: "is not used", de: "wird nicht benutzt", fr: "n’est pas utilisé" }
        fn set_store {
            en: "Set sessions = \"store\"", de: "sessions = \"store\" setzen", fr: "Mettre sessions = \"store\"",
        }
        fn subset {
            en: "needs several instances that know nothing of each other",
            de: "braucht mehrere Instanzen, die nichts voneinander wissen",
            fr: "a besoin de plusieurs instances qui ne savent rien les unes des autres",
        }
        fn more_instances {
            en: "Set instances to 2 or more, and shared to false",
            de: "instances auf 2 oder mehr setzen und shared auf false",
            fr: "Mettre instances à 2 ou plus, et shared à false",
        }
        fn files {
            en: "is 1: a request takes one for its client and one for its replica; must be at least 2",
            de: "ist 1: Eine Anfrage braucht eine für ihren Client und eine für ihre Replik; muss mindestens 2 sein",
            fr: "vaut 1 : une requête en occupe un pour son client et un pour sa réplique ; il en faut au moins 2",
        }
        fn slash(path: Text) {
            en: "is \"{path}\"; must begin with /",
            de: "ist „{path}“; muss mit / beginnen",
            fr: "est « {path} » ; doit commencer par /",
        }
        fn header(name: Text) {
            en: "is \"{name}\"; must be letters, digits, - and _",
            de: "ist „{name}“; erlaubt sind Buchstaben, Ziffern, - und _",
            fr: "est « {name} » ; il faut des lettres, chiffres, - et _",
        }
        fn one_line { en: "must be one line", de: "muss eine Zeile sein", fr: "doit tenir sur une ligne" }
        fn own_service {
            en: "is not for a service's own balancer, which has that service",
            de: "gilt nicht für den eigenen Lastverteiler eines Dienstes: Dort steht der Dienst schon fest",
            fr: "ne vaut pas pour le répartiteur propre à un service : le service y est déjà fixé",
        }
        fn timeouts {
            en: "connect_timeout and read_timeout must be longer than 0 s",
            de: "connect_timeout und read_timeout müssen länger als 0 s sein",
            fr: "connect_timeout et read_timeout doivent dépasser 0 s",
        }
        fn members(instances: Text, replicas: Text, limit: Text) {
            en: "is {instances}, and {replicas} replicas behind each make more than {limit} members",
            de: "ist {instances}, und {replicas} Repliken hinter jeder ergeben mehr als {limit} Mitglieder",
            fr: "vaut {instances}, et {replicas} répliques derrière chacune font plus de {limit} membres",
        }
        fn fewer {
            en: "Take fewer instances or fewer replicas",
            de: "Weniger Instanzen oder weniger Repliken nehmen",
            fr: "Prendre moins d’instances ou moins de répliques",
        }
        fn discovery {
            en: "needs discovery = false: with discovery, nothing has to be resolved",
            de: "braucht discovery = false: Mit discovery muss nichts aufgelöst werden",
            fr: "a besoin de discovery = false : avec discovery, il n’y a rien à résoudre",
        }
        fn slow_start(limit: Text, name: Text, most: Text) {
            en: "goes with weights up to {limit}; {name} has {most}",
            de: "geht nur mit Gewichten bis {limit}; {name} hat {most}",
            fr: "n’admet que des poids jusqu’à {limit} ; {name} a {most}",
        }
        fn lower_weights {
            en: "Lower all weights in proportion",
            de: "Alle Gewichte im gleichen Verhältnis senken",
            fr: "Baisser tous les poids dans la même proportion",
        }
        fn no_backups(algorithm: Text, name: Text) {
            en: "{algorithm} takes no backups, and {name} has some",
            de: "{algorithm} kennt keine Ersatzrepliken, und {name} hat welche",
            fr: "{algorithm} n’admet pas de répliques de secours, et {name} en a",
        }
        fn own_name(name: Text) {
            en: "is \"{name}\"; must be a name that nothing else has",
            de: "ist „{name}“; muss ein Name sein, den sonst nichts hat",
            fr: "est « {name} » ; il faut un nom que rien d’autre ne porte",
        }
        fn behind_itself(name: Text) {
            en: "\"{name}\" is a cache itself",
            de: "„{name}“ ist selbst ein Cache",
            fr: "« {name} » est lui-même un cache",
        }
        fn behind_broker(name: Text) {
            en: "\"{name}\" is a broker", de: "„{name}“ ist ein Broker", fr: "« {name} » est un broker",
        }
        fn no_dependencies(name: Text) {
            en: "\"{name}\" is no dependency; there are none",
            de: "„{name}“ ist keine Abhängigkeit; es gibt keine",
            fr: "« {name} » n’est pas une dépendance ; il n’y en a pas",
        }
        fn add_dependency {
            en: "Add [[dependency]] with that name",
            de: "[[dependency]] mit diesem Namen hinzufügen",
            fr: "Ajouter [[dependency]] avec ce nom",
        }
        fn for_cache {
            en: "is for a cache only", de: "gilt nur für einen Cache", fr: "vaut seulement pour un cache",
        }
        fn for_broker {
            en: "is for a broker only", de: "gilt nur für einen Broker", fr: "vaut seulement pour un broker",
        }
        fn for_database {
            en: "is for a database only", de: "gilt nur für eine Datenbank", fr: "vaut seulement pour une base de données",
        }
        fn leave_out(kind: Text) {
            en: "Leave it out, or set kind = \"{kind}\"",
            de: "Weglassen, oder kind = \"{kind}\" setzen",
            fr: "Le retirer, ou mettre kind = \"{kind}\"",
        }
        fn calm {
            en: "must be from 1/s to 1,000,000/s",
            de: "muss zwischen 1/s und 1.000.000/s liegen",
            fr: "doit être compris entre 1/s et 1 000 000/s",
        }
    }
}
