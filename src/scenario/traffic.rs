//! Traffic: sources with rate profiles, request classes, sessions, and how long clients wait.

use super::field::{choice, record};
use super::recording::Recording;
use super::step::Step;
use crate::dist::Distribution;
use crate::units::{Bytes, Factor, Rate, SimDuration};

record! {
    /// Who asks, how often and for what.
    pub struct Traffic {
        /// Where requests come from; sources add up.
        pub source: Vec<Source> = Vec::new();
        /// Kinds of request with their shares; one plain kind when none is given.
        pub class: Vec<Class> = Vec::new();
        /// One-way delay between client and balancer.
        pub delay: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// How long a client waits for its answer before it gives up; without it, for ever.
        pub timeout: Option<SimDuration> = None;
        /// What becomes of work whose client has given up.
        pub on_give_up: GiveUp = GiveUp::WorkGoesOn;
        /// When and how clients ask again after a failure; without it, never.
        pub retry: Option<Retry> = None;
        /// When clients ask a second time while they wait for the first answer; without it, never.
        pub hedge: Option<Hedge> = None;
        /// The addresses that clients come from; without it, each client has its own.
        pub clients: Option<Clients> = None;
        /// Clients go straight to this port of the host, past the balancer.
        pub port: Option<u16> = None, in Some(1)..=Some(65_535);
    }
}

choice! {
    /// What becomes of work whose client has given up.
    pub enum GiveUp {
        WorkGoesOn = "work_goes_on": "The replica finishes what it has begun, for nobody.",
        WorkStops = "work_stops": "The replica drops the request at once.",
    }
}

record! {
    /// When and how a client asks again: the same request, with the same work.
    pub struct Retry {
        /// Most times that a request is asked, the first among them.
        pub tries: u32 = 3, in 1..=1_000;
        /// After which failures, as the client sees them.
        pub on: Vec<RetryOn> = RetryOn::ALL.to_vec();
        /// How the pause grows from try to try.
        pub back_off: BackOff = BackOff::Constant;
        /// The first pause; 0 s is to ask again at once.
        pub delay: SimDuration = SimDuration::ZERO;
        /// The longest pause.
        pub max_delay: SimDuration = SimDuration::from_secs(20);
        /// How chance spreads the pauses.
        pub jitter: Jitter = Jitter::None;
        /// Further tries for each request, all clients together: 0.1 is at most one more for ten requests.
        pub budget: Option<f64> = None;
        /// Tries that the budget holds at the start, and at most.
        pub reserve: u32 = 10, in 1..=1_000_000;
    }
}

record! {
    /// A second attempt for a request that has no answer yet; the first good answer counts. Sessions and classes that
    /// are not idempotent are not hedged.
    pub struct Hedge {
        /// After which time without an answer.
        pub after: SimDuration = SimDuration::from_millis(100);
        /// Whether the other attempt is stopped when the answer is there, its work too; else it goes on for nobody.
        pub cancel: bool = true;
        /// Second attempts for each request that could have one, all clients together: 0.05 is at most one for twenty
        /// requests; without it, no limit.
        pub budget: Option<f64> = None, in Some(0.0)..=Some(1.0);
        /// Second attempts that the budget holds at the start, and at most.
        pub reserve: u32 = 10, in 1..=1_000_000;
    }
}

choice! {
    /// A failure as the client sees it.
    pub enum RetryOn {
        ServerError = "server_error": "An answer with a status of 500 or more.",
        Timeout = "timeout": "No answer within the client's own timeout.",
        Connection = "connection": "Refused, never connected, or cut off (clients without a balancer).",
    }
}

choice! {
    /// How pauses grow.
    pub enum BackOff {
        Constant = "constant": "Always the same.",
        Exponential = "exponential": "Twice as long each time.",
    }
}

choice! {
    /// How chance spreads pauses. p is the pause without it.
    pub enum Jitter {
        None = "none": "Not at all: p.",
        Equal = "equal": "Half is fixed: p/2 to p.",
        Full = "full": "Anything: 0 to p.",
        Decorrelated = "decorrelated": "From the first pause to three times the one before, whatever the back-off.",
    }
}

record! {
    /// One source of traffic.
    pub struct Source {
        /// Its name.
        pub name: String = String::new();
        /// How arrivals come about.
        pub kind: SourceKind = SourceKind::Poisson;
        /// Base rate of arrivals (open sources): of requests, or of sessions where there are sessions.
        pub rate: Rate = Rate::constant(0.0);
        /// Base number of users (closed sources).
        pub users: u32 = 0, in 0..=1_000_000;
        /// Time between a user's answer and its next request (closed sources).
        pub think: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// Bursts (bursty sources).
        pub burst: Option<Burst> = None;
        /// The recording (trace): lines of time,demand,class,client, of which only the time is needed.
        pub trace: Recording = Recording::default();
        /// A file next to the scenario that the command line reads the recording from.
        pub file: String = String::new();
        /// Pieces that follow each other and scale the base; the last level stays.
        pub profile: Vec<Piece> = Vec::new();
        /// Each arrival, or each round of a user, is a session of several requests.
        pub session: Option<Session> = None;
    }
}

choice! {
    /// How arrivals come about.
    pub enum SourceKind {
        Poisson = "poisson": "Independent clients at a rate: exponential gaps.",
        Even = "even": "Evenly spaced at a rate.",
        Bursty = "bursty": "Independent clients at a rate that is multiplied during bursts (MMPP-2).",
        Trace = "trace": "A recording of when each request came; rates and factors change its speed.",
        Users = "users": "A number of users who each wait for the answer, think, and ask again.",
    }
}

record! {
    /// One piece of a rate profile. Levels are multiples of the base; a profile starts at level 1.
    pub struct Piece {
        /// Its shape.
        pub kind: PieceKind = PieceKind::Constant;
        /// How long it lasts (constant, ramp, wave).
        pub r#for: SimDuration = SimDuration::ZERO;
        /// The level: of the whole piece (constant), at its end (ramp), at its top (spike, wave).
        pub times: Factor = Factor::constant(1.0);
        /// Time from one low to the next (wave); 0 s is the whole piece.
        pub period: SimDuration = SimDuration::ZERO;
        /// Time to the top (spike).
        pub rise: SimDuration = SimDuration::ZERO;
        /// Time at the top (spike).
        pub hold: SimDuration = SimDuration::ZERO;
        /// Time back to the level before (spike).
        pub decay: SimDuration = SimDuration::ZERO;
    }
}

choice! {
    /// The shape of a piece.
    pub enum PieceKind {
        Constant = "constant": "One level for a time; a step when the level differs from the one before.",
        Ramp = "ramp": "From the level before, in a straight line, to a new one.",
        Spike = "spike": "Up in a straight line, hold, and back to the level before.",
        Wave = "wave": "Up and down like a sine, from the level before to the top and back in each period: day and night.",
    }
}

record! {
    /// Bursts of a source: calm and burst each last for an exponential time. It begins calm.
    pub struct Burst {
        /// By what the rate is multiplied in a burst.
        pub times: Factor = Factor::constant(10.0);
        /// Mean length of a burst.
        pub length: SimDuration = SimDuration::from_secs(1);
        /// Mean time between bursts.
        pub calm: SimDuration = SimDuration::from_secs(9);
    }
}

record! {
    /// The addresses that clients come from, each client from one of them by chance.
    pub struct Clients {
        /// Addresses of single clients, all equally likely.
        pub addresses: u32 = 10_000, in 1..=16_000_000;
        /// Share of the clients who are behind a NAT, and share an address with many others.
        pub nat_share: f64 = 0.0, in 0.0..=1.0;
        /// Addresses of NATs, all equally likely.
        pub nats: u32 = 1, in 1..=1_000_000;
    }
}

record! {
    /// A user's visit: login, then requests with think time between them, the last of which is the logout.
    pub struct Session {
        /// Mean number of requests, login and logout among them.
        pub requests: u32 = 10, in 1..=1_000_000;
        /// How the number varies between sessions.
        pub spread: Spread = Spread::Geometric;
        /// Think time between an answer and the next request.
        pub think: Distribution = Distribution::Exponential(SimDuration::from_secs(1));
        /// Memory by which each further request makes the session larger: the basket.
        pub basket: Bytes = Bytes(0);
        /// A replica forgets a session that has been idle for this long.
        pub expiry: SimDuration = SimDuration::from_secs(1_800);
        /// How it ends.
        pub end: SessionEnd = SessionEnd::Logout;
        /// Of which class the login is, the first request; drawn by the shares when not given.
        pub login: Option<String> = None;
        /// Of which class the logout is, the last request; drawn by the shares when not given.
        pub logout: Option<String> = None;
    }
}

choice! {
    /// How a session ends.
    pub enum SessionEnd {
        Logout = "logout": "With the answer to the last request: whoever keeps the session forgets it.",
        Expiry = "expiry": "The user leaves without a word: it is kept until it has been idle for its expiry.",
    }
}

choice! {
    /// How the number of requests varies between sessions.
    pub enum Spread {
        Geometric = "geometric": "After each request the session ends with the same probability.",
        Constant = "constant": "Always the same number.",
    }
}

record! {
    /// A kind of request.
    pub struct Class {
        /// Its name.
        pub name: String = "page".into();
        /// Its path.
        pub path: String = "/".into();
        /// Its method.
        pub method: Method = Method::Get;
        /// Whether it may be done twice without harm; as its method says when not given: POST and PATCH may not.
        pub idempotent: Option<bool> = None;
        /// Whether it needs the user's session. One that does not (a static or public page) is no login, and is
        /// answered also when the session is gone.
        pub session: bool = true;
        /// Its share among the classes, by weight.
        pub share: f64 = 1.0, in 0.0..=1e9;
        /// CPU work on one reference core.
        pub demand: Distribution = Distribution::Exponential(SimDuration::from_millis(20));
        /// Memory while a replica works on it, on top of what every request takes.
        pub memory: Bytes = Bytes(0);
        /// Size of its body, which a replica holds in memory from the connection to the end.
        pub body: Bytes = Bytes(0);
        /// How long a client takes to send it: its body where it has one, else its head. 0 s is at once.
        pub send_time: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// Share of its clients who take that long; the others send it at once.
        pub slow_share: f64 = 1.0, in 0.0..=1.0;
        /// The service that answers; the balancer's own when not named.
        pub service: Option<String> = None;
        /// What is done for it, step by step; without any, its demand is worked off.
        pub steps: Vec<Step> = Vec::new();
    }
}

choice! {
    /// A method of HTTP (RFC 9110, section 9; PATCH is RFC 5789).
    pub enum Method {
        Get = "GET": "A page or a file is asked for.",
        Head = "HEAD": "The same without its content.",
        Post = "POST": "Something is sent that the server works on: twice is not once.",
        Put = "PUT": "Something is put in its place: twice is once.",
        Patch = "PATCH": "Something is changed in part: twice need not be once.",
        Delete = "DELETE": "Something is removed: twice is once.",
        Options = "OPTIONS": "What may be asked is asked.",
    }
}

impl Method {
    /// Whether doing it twice means the same as once (RFC 9110, section 9.2.2).
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}
