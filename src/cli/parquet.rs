//! Tables as Parquet files, for notebooks and databases: numbers to their last bit, with what they come from.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::args::{Format, OutputArgs};
use super::output::{say, unwritable};
use super::{Failure, Result};
use crate::experiment::Run;
use crate::experiment::sweep::{RunRecord, Sweep, SweepPlan, in_order};
use crate::report::export;
use crate::report::measure::MEASURES;

/// What writing came to.
type Written<T> = std::result::Result<T, ParquetError>;

/// A column.
struct Column {
    name: String,
    values: Values,
}

/// Its values, one for each row.
enum Values {
    Text(Vec<String>),
    /// Counts and seeds.
    Whole(Vec<u64>),
    /// Nothing where there is none.
    Number(Vec<Option<f64>>),
}

/// The file that is asked for; nothing when another format is.
pub(super) fn asked(args: &OutputArgs) -> Result<Option<&Path>> {
    match (&args.out, args.format) {
        (_, format) if format != Format::Parquet => Ok(None),
        (Some(path), _) => Ok(Some(path)),
        (None, _) => Err(Failure::hint(
            "--format parquet: is no text for a terminal",
            "name a file: --out FILE.parquet",
        )),
    }
}

/// The windows of a run: a row for each.
pub(super) fn run(done: &Run, path: &Path) -> Result<()> {
    let number = |column: export::Column| Column { name: column.name, values: Values::Number(column.values) };
    let columns = export::columns(&done.report.series).into_iter().map(number).collect::<Vec<_>>();
    let about = [
        ("seed", done.report.seed.to_string()),
        ("digest", done.report.digest.clone()),
        ("scenario", done.report.scenario.to_string()),
    ];
    write(path, &columns, &about)
}

/// The points of a sweep: a row for each measure of each.
pub(super) fn points(sweep: &Sweep, path: &Path) -> Result<()> {
    let rows: Vec<_> = sweep
        .points
        .iter()
        .flat_map(|point| point.estimates.iter().map(move |(name, estimate)| (point, *name, *estimate)))
        .collect();
    let axis = |(i, axis): (usize, &crate::experiment::sweep::Axis)| Column {
        name: axis.path.clone(),
        values: Values::Text(rows.iter().map(|(point, ..)| point.values[i].clone()).collect()),
    };
    let mut columns: Vec<Column> = sweep.axes.iter().enumerate().map(axis).collect();
    let mut add = |name: &str, values| columns.push(Column { name: name.to_owned(), values });
    add("measure", Values::Text(rows.iter().map(|(_, name, _)| (*name).to_owned()).collect()));
    add("mean", Values::Number(rows.iter().map(|(.., e)| Some(e.mean)).collect()));
    add("half_width", Values::Number(rows.iter().map(|(.., e)| e.half_width).collect()));
    add("confidence", Values::Number(rows.iter().map(|(.., e)| Some(e.confidence)).collect()));
    add("replications", Values::Whole(rows.iter().map(|(.., e)| u64::from(e.replications)).collect()));
    write(path, &columns, &[("seed", sweep.seed.to_string()), ("scenario", sweep.scenario.to_string())])
}

/// The runs of a sweep: a row for each.
pub(super) fn runs(plan: &SweepPlan, records: &[RunRecord], path: &Path) -> Result<()> {
    let (points, records) = (plan.points(), in_order(records));
    let axis = |(i, axis): (usize, &crate::experiment::sweep::Axis)| Column {
        name: axis.path.clone(),
        values: Values::Text(records.iter().map(|r| points[r.point as usize][i].clone()).collect()),
    };
    let mut columns: Vec<Column> = plan.axes.iter().enumerate().map(axis).collect();
    let mut add = |name: &str, values| columns.push(Column { name: name.to_owned(), values });
    add("replication", Values::Whole(records.iter().map(|r| u64::from(r.replication)).collect()));
    add("seed", Values::Whole(records.iter().map(|r| r.seed).collect()));
    for measure in MEASURES {
        add(measure.name, Values::Number(records.iter().map(|r| r.value(measure.name)).collect()));
    }
    add("digest", Values::Text(records.iter().map(|r| r.digest.clone()).collect()));
    write(path, &columns, &[("seed", plan.seed.to_string()), ("scenario", plan.scenario.to_string())])
}

/// Writes a file with these columns, and besides them who made it of what.
fn write(path: &Path, columns: &[Column], about: &[(&str, String)]) -> Result<()> {
    let file = File::create(path).map_err(|error| unwritable(path, &error))?;
    let written = written(file, columns, about);
    written.map_err(|error| Failure::new(format!("{}: can't be written: {error}", path.display())))?;
    say(&format!("Written to {}.", path.display()));
    Ok(())
}

fn written(file: File, columns: &[Column], about: &[(&str, String)]) -> Written<()> {
    let fields = columns.iter().map(|column| column.field().map(TypePtr::from));
    let fields = fields.collect::<Written<Vec<TypePtr>>>()?;
    let schema = Type::group_type_builder("doorbuster").with_fields(fields).build()?;
    let version = ("doorbuster", env!("CARGO_PKG_VERSION").to_owned());
    let about = about.iter().chain([&version]);
    let about = about.map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone())).collect();
    let properties = WriterProperties::builder().set_key_value_metadata(Some(about)).build();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
    let mut rows = writer.next_row_group()?;
    for column in columns {
        if let Some(mut into) = rows.next_column()? {
            column.values.write(&mut into)?;
            into.close()?;
        }
    }
    rows.close()?;
    writer.close().map(|_| ())
}

impl Column {
    fn field(&self) -> Written<Type> {
        let (physical, logical, repetition) = match self.values {
            Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
            Values::Whole(_) => {
                (Physical::INT64, Some(LogicalType::integer(64, false)), Repetition::REQUIRED)
            }
            Values::Number(_) => (Physical::DOUBLE, None, Repetition::OPTIONAL),
        };
        let field = Type::primitive_type_builder(&self.name, physical);
        field.with_logical_type(logical).with_repetition(repetition).build()
    }
}

impl Values {
    fn write(&self, into: &mut SerializedColumnWriter<'_>) -> Written<usize> {
        match self {
            Self::Text(list) => {
                let list: Vec<ByteArray> = list.iter().map(|text| ByteArray::from(text.as_str())).collect();
                into.typed::<ByteArrayType>().write_batch(&list, None, None)
            }
            Self::Whole(list) => {
                // The column says that it has no sign: the same bits are meant.
                let list: Vec<i64> = list.iter().map(|number| number.cast_signed()).collect();
                into.typed::<Int64Type>().write_batch(&list, None, None)
            }
            Self::Number(list) => {
                let there: Vec<i16> = list.iter().map(|number| i16::from(number.is_some())).collect();
                let list: Vec<f64> = list.iter().copied().flatten().collect();
                into.typed::<DoubleType>().write_batch(&list, Some(&there), None)
            }
        }
    }
}
