//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::Explain;

const AFTER: &str = "\
SCENARIO is a preset's name (doorbuster list scenarios), a file (.toml, .json), - for the standard input, \
or a permalink.
Exit codes: 0 done, 1 an assertion or a validation failed, 2 wrong use or bad input.

Start with:  doorbuster run black-friday";

/// The load-balancer lab: clients, a balancer and replicas with CPU, RAM and connection limits.
#[derive(Debug, Parser)]
#[command(name = "doorbuster", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = AFTER)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run a scenario once and say what happened
    Run(RunArgs),
    /// Run a scenario under several algorithms with the same arrivals, and tell the differences
    Compare(CompareArgs),
    /// Run a grid of scenarios in replications, on all cores or as a job array
    Sweep(SweepArgs),
    /// Join the shards of a sweep, exactly
    Merge(MergeArgs),
    /// Name every problem of a scenario at once
    Check(CheckArgs),
    /// Make a scenario of a deployment's own files
    #[command(subcommand)]
    Import(Import),
    /// Print the permalink of a scenario, and the snippet that puts it into a page
    Link(LinkArgs),
    /// Hold the model against theory, recordings of real load balancers and published results
    Validate(ValidateArgs),
    /// List what there is
    List(ListArgs),
    /// Explain an algorithm, outcome, scenario, measure or scenario field
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Which scenario, with which changes.
#[derive(Debug, Args)]
pub(super) struct ScenarioArgs {
    /// A preset's name, a file, - or a permalink
    pub scenario: String,
    #[command(flatten)]
    pub changes: ChangeArgs,
}

/// What is changed in a scenario before it runs.
#[derive(Debug, Args)]
pub(super) struct ChangeArgs {
    /// Sets any field, such as service.app.memory="512 MiB" or balancer.queue=200; may be repeated
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Seed of all chance; the same seed gives the same run
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Simulated time, such as "60 s" or 10m
    #[arg(long, value_name = "TIME")]
    pub duration: Option<String>,
    /// Replicas of the service behind the balancer
    #[arg(long, value_name = "N")]
    pub replicas: Option<u32>,
}

/// Where results go, and how.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// How results are written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
    /// Write results to a file instead of the standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Text,
    /// One JSON value.
    Json,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Markdown,
    /// A table in an Apache Parquet file: the windows of a run, the points of a sweep; needs --out.
    Parquet,
}

/// `run`.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    #[command(flatten)]
    pub one: OneRunArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What concerns a single run.
#[derive(Debug, Args)]
pub(super) struct OneRunArgs {
    /// Algorithm, with parameters after a colon where it has any: power_of_d:d=3
    #[arg(short, long, value_name = "NAME")]
    pub algorithm: Option<String>,
    /// Draw the run over time into a picture
    #[arg(long, value_name = "FILE.svg")]
    pub plot: Option<PathBuf>,
    /// Write everything as one HTML page that needs nothing else
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Compare the report with a file of Markdown that was committed, and exit with 1 where it differs; without the
    /// file, write it
    #[arg(long, value_name = "FILE.md")]
    pub golden: Option<PathBuf>,
    /// Write a row for each request to a CSV file
    #[arg(long, value_name = "FILE.csv")]
    pub trace: Option<PathBuf>,
    /// Explain decisions of the balancer: the first N, or those on one request (request=N, from 0)
    #[arg(long, value_name = "N", value_parser = decisions)]
    pub explain: Option<Explain>,
    /// Exit with 1 unless this holds, such as 'p99 < 200ms' or 'failed_share = 0'; may be repeated
    #[arg(long = "assert", value_name = "CONDITION")]
    pub assert: Vec<String>,
}

/// The most decisions that are explained.
const DECISIONS: u32 = 10_000;

fn decisions(text: &str) -> Result<Explain, String> {
    let hint = "write --explain 5 for the first five decisions or --explain request=17 for that request";
    match text.strip_prefix("request=") {
        Some(number) => number.parse().map(Explain::Request).ok(),
        None => text.parse().ok().filter(|n| (1..=DECISIONS).contains(n)).map(Explain::Next),
    }
    .ok_or_else(|| {
        format!("\"{text}\" is no number of decisions from 1 to {DECISIONS} and no request; {hint}")
    })
}

/// `import`.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// From Compose files, merged in order, and the nginx configuration that balances
    Compose(ComposeArgs),
}

/// `import compose`.
#[derive(Debug, Args)]
pub(super) struct ComposeArgs {
    /// Compose files; later ones are merged over earlier ones by Compose's rules
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The nginx configuration
    #[arg(long, value_name = "FILE")]
    pub nginx: Option<PathBuf>,
    /// Replicas of a service, as for docker compose up; may be repeated
    #[arg(long, value_name = "SERVICE=N", value_parser = scale)]
    pub scale: Vec<(String, u32)>,
    /// The service to look at; without it, the one that nginx balances
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// Write the scenario to a file
    #[arg(short = 'o', long = "scenario", value_name = "FILE.toml")]
    pub scenario: Option<PathBuf>,
    /// Run it at once
    #[arg(long)]
    pub run: bool,
    #[command(flatten)]
    pub changes: ChangeArgs,
    #[command(flatten)]
    pub one: OneRunArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

fn scale(text: &str) -> Result<(String, u32), String> {
    let (name, n) = text.split_once('=').ok_or("has no =; write for example --scale app=3")?;
    let n = n
        .parse()
        .map_err(|_| format!("\"{n}\" is no number of replicas; write for example --scale app=3"))?;
    Ok((name.to_owned(), n))
}

/// `compare`.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// An algorithm to compare, repeated; without any, all that there are
    #[arg(short, long = "algorithm", value_name = "NAME")]
    pub algorithms: Vec<String>,
    /// A measure to compare on besides the usual seven (doorbuster list measures); may be repeated
    #[arg(short, long = "measure", value_name = "NAME")]
    pub measures: Vec<String>,
    /// Runs under each algorithm, each with a seed of its own
    #[arg(long, value_name = "N", default_value_t = 10)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub replications: u32,
    /// Threads; all cores without it. Results do not depend on it
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Write everything as one HTML page
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Exit with 1 unless this holds of the means with their intervals: 'p99 < 200ms' under every algorithm,
    /// 'random: p99 < 200ms' under one, or 'least_connections beats random: p99'; may be repeated
    #[arg(long = "assert", value_name = "CONDITION")]
    pub assert: Vec<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `sweep`.
#[derive(Debug, Args)]
pub(super) struct SweepArgs {
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// Algorithm, as for run
    #[arg(short, long, value_name = "NAME")]
    pub algorithm: Option<String>,
    /// A field and its values, as balancer.queue=0,50,200; also algorithm=, replicas= and duration=. May be repeated
    #[arg(long = "vary", value_name = "PATH=V1,V2,…", required = true)]
    pub vary: Vec<String>,
    /// Runs at each point, each with a seed of its own
    #[arg(long, value_name = "N", default_value_t = 10)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: u32,
    /// Threads; all cores without it. Results do not depend on it
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Only part I of N, from 1/N to N/N, for job arrays; needs --into
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "into")]
    pub shard: Option<(u32, u32)>,
    #[command(flatten)]
    pub results: SweepOutputArgs,
}

/// Where a sweep's runs go, and what is made of them.
#[derive(Debug, Args)]
pub(super) struct SweepOutputArgs {
    /// A folder that keeps every run as soon as it is done; the same command goes on where it stopped
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Write a row for each run: .csv, .jsonl or .parquet
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,
    /// Write everything as one HTML page
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Exit with 1 unless this holds of the means with their intervals: 'p99 < 200ms' at every point, or
    /// 'replicas=4, balancer.queue=50: p99 < 200ms' at some; may be repeated
    #[arg(long = "assert", value_name = "CONDITION")]
    pub assert: Vec<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Folders of shards of one sweep
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    #[command(flatten)]
    pub results: SweepOutputArgs,
}

fn shard(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts
        .filter(|&(i, n): &(u32, u32)| (1..=n).contains(&i))
        .ok_or_else(|| format!("\"{text}\" is no shard; write 1/4 to 4/4 for the four parts of a sweep"))
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// Algorithm, as for run
    #[arg(short, long, value_name = "NAME")]
    pub algorithm: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `link`.
#[derive(Debug, Args)]
pub(super) struct LinkArgs {
    #[command(flatten)]
    pub scenario: ScenarioArgs,
    /// Algorithm, as for run
    #[arg(short, long, value_name = "NAME")]
    pub algorithm: Option<String>,
    /// Where the lab is published, such as https://example.org/lab/
    #[arg(long, value_name = "URL", default_value = "")]
    pub base: String,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What can be validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Subject {
    /// Recordings of real load balancers.
    Recordings,
    /// Cases of queueing theory: minutes of work.
    Theory,
    /// Results that others have published.
    Published,
}

/// `validate`.
#[derive(Debug, Args)]
pub(super) struct ValidateArgs {
    /// A folder of recordings, one JSON object a file; without this and --theory, all that ships is checked
    #[arg(long, value_name = "DIR")]
    pub vectors: Option<PathBuf>,
    /// A JSON file of worlds with a known answer
    #[arg(long, value_name = "FILE")]
    pub theory: Option<PathBuf>,
    /// Of what ships, only this; may be repeated
    #[arg(long, value_enum, value_name = "SUBJECT", conflicts_with_all = ["vectors", "theory"])]
    pub only: Vec<Subject>,
    /// Where the seeds of theory and published results begin; another one is another experiment
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Threads; all cores without it. Results do not depend on it
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Write everything as one HTML page
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Topic {
    /// The scenarios that ship.
    Scenarios,
    /// The selection rules.
    Algorithms,
    /// The distributions of times.
    Distributions,
    /// The ways in which a request can end.
    Outcomes,
    /// The numbers that assertions can name.
    Measures,
}

/// `list`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    pub topic: Topic,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The name: least_connections, queue_full, black-friday, p99, service.memory …
    pub name: String,
    #[command(flatten)]
    pub output: OutputArgs,
}
