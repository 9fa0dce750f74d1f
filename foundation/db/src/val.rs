//! Values that go into a statement and come out of a row.

use base::{Day, Error, Id, Lang, Moment, Names, Refusal, Result};

/// A value of one of the few column types both databases share.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    Null,
    Int(i64),
    Real(f64),
    Bool(bool),
    Text(String),
    Bytes(Vec<u8>),
    Id(Id),
}

impl Val {
    /// What the value is, in a word of an error message.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Int(_) => "a whole number",
            Self::Real(_) => "a real number",
            Self::Bool(_) => "yes or no",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Id(_) => "an id",
        }
    }

    /// Refuses what one of the two databases could not keep: U+0000 in text, numbers without end.
    pub(crate) fn check(&self) -> Result<()> {
        match self {
            Self::Text(text) if text.contains('\0') => {
                Err(Refusal::whole("text-unreadable").into())
            }
            Self::Real(real) if !real.is_finite() => Err(Error::fault("a number without end")),
            _ => Ok(()),
        }
    }

    /// The value as it is shown beside somebody else's edit.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Int(int) => int.to_string(),
            Self::Real(real) => real.to_string(),
            Self::Bool(yes) => yes.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => format!("{} bytes", bytes.len()),
            Self::Id(id) => id.to_string(),
        }
    }
}

macro_rules! whole {
    ($($t:ty),*) => {$(
        impl From<$t> for Val {
            fn from(value: $t) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )*};
}
whole!(i64, i32, i16, i8, u32, u16, u8);

impl From<bool> for Val {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<f64> for Val {
    fn from(value: f64) -> Self {
        // SQLite keeps no sign on zero.
        Self::Real(if value == 0.0 { 0.0 } else { value })
    }
}
impl From<&str> for Val {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Val {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<&String> for Val {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<Vec<u8>> for Val {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
impl From<&[u8]> for Val {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_owned())
    }
}
impl From<Id> for Val {
    fn from(value: Id) -> Self {
        Self::Id(value)
    }
}
impl From<&Id> for Val {
    fn from(value: &Id) -> Self {
        Self::Id(*value)
    }
}
impl From<Day> for Val {
    fn from(value: Day) -> Self {
        Self::Text(value.to_string())
    }
}
impl From<Moment> for Val {
    fn from(value: Moment) -> Self {
        Self::Int(value.micros())
    }
}
impl From<Lang> for Val {
    fn from(value: Lang) -> Self {
        Self::Text(value.code().to_owned())
    }
}
/// Names are kept as JSON text.
impl From<&Names> for Val {
    fn from(value: &Names) -> Self {
        Self::Text(serde_json::to_string(value).unwrap_or_default())
    }
}
impl From<Names> for Val {
    fn from(value: Names) -> Self {
        Self::from(&value)
    }
}
impl From<&serde_json::Value> for Val {
    fn from(value: &serde_json::Value) -> Self {
        Self::Text(value.to_string())
    }
}
impl From<&Self> for Val {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}
impl<T: Into<Self>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(pub(crate) Vec<Val>);

impl Row {
    /// Reads the columns one after the other, in the order of the SELECT.
    pub const fn read(&self) -> Reader<'_> {
        Reader {
            values: self.0.as_slice(),
            next: 0,
        }
    }
    /// The values as they came: SQLite gives ids as bytes and yes/no as 1/0.
    pub fn values(&self) -> &[Val] {
        &self.0
    }
    /// The values as they came, without a copy.
    pub fn into_values(self) -> Vec<Val> {
        self.0
    }
}

/// Reads a row column by column.
#[derive(Debug)]
pub struct Reader<'a> {
    values: &'a [Val],
    next: usize,
}

macro_rules! optional {
    ($name:ident, $plain:ident, $t:ty) => {
        #[doc = concat!("Like `", stringify!($plain), "`, or nothing where the column is NULL.")]
        pub fn $name(&mut self) -> Result<Option<$t>> {
            if self.values.get(self.next) == Some(&Val::Null) {
                self.next += 1;
                return Ok(None);
            }
            self.$plain().map(Some)
        }
    };
}

impl<'a> Reader<'a> {
    fn take(&mut self) -> Result<&'a Val> {
        let value = self.values.get(self.next);
        self.next += 1;
        value.ok_or_else(|| Error::fault(format!("column {} was not selected", self.next)))
    }
    fn wrong<T>(&self, value: &Val, wanted: &str) -> Result<T> {
        let (column, word) = (self.next, value.word());
        Err(Error::fault(format!(
            "column {column} holds {word}, not {wanted}"
        )))
    }

    /// Leaves a column out.
    pub fn skip(&mut self) -> &mut Self {
        self.next += 1;
        self
    }
    /// An id.
    pub fn id(&mut self) -> Result<Id> {
        match self.take()? {
            Val::Id(id) => Ok(*id),
            Val::Bytes(bytes) => match base::Uuid::from_slice(bytes) {
                Ok(uuid) => Ok(Id(uuid)),
                Err(_) => Err(Error::fault(format!("column {} is no id", self.next))),
            },
            other => self.wrong(other, "an id"),
        }
    }
    /// A text.
    pub fn text(&mut self) -> Result<String> {
        self.str().map(str::to_owned)
    }
    /// A text, borrowed from the row.
    pub fn str(&mut self) -> Result<&'a str> {
        match self.take()? {
            Val::Text(text) => Ok(text),
            other => self.wrong(other, "text"),
        }
    }
    /// A whole number.
    pub fn int(&mut self) -> Result<i64> {
        match self.take()? {
            Val::Int(int) => Ok(*int),
            other => self.wrong(other, "a whole number"),
        }
    }
    /// A real number; a whole one is taken for real.
    pub fn real(&mut self) -> Result<f64> {
        match self.take()? {
            Val::Real(real) => Ok(*real),
            #[expect(clippy::cast_precision_loss, reason = "SQLite keeps 2.0 as 2 in sums")]
            Val::Int(int) => Ok(*int as f64),
            other => self.wrong(other, "a real number"),
        }
    }
    /// Yes or no.
    pub fn bool(&mut self) -> Result<bool> {
        match self.take()? {
            Val::Bool(yes) => Ok(*yes),
            Val::Int(0) => Ok(false),
            Val::Int(1) => Ok(true),
            other => self.wrong(other, "yes or no"),
        }
    }
    /// Bytes.
    pub fn bytes(&mut self) -> Result<Vec<u8>> {
        match self.take()? {
            Val::Bytes(bytes) => Ok(bytes.clone()),
            Val::Id(id) => Ok(id.0.as_bytes().to_vec()),
            other => self.wrong(other, "bytes"),
        }
    }
    /// A day kept as `2027-03-09`.
    pub fn day(&mut self) -> Result<Day> {
        let text = self.str()?;
        Day::parse(text)
            .ok_or_else(|| Error::fault(format!("column {}: {text} is no day", self.next)))
    }
    /// A moment kept in microseconds.
    pub fn moment(&mut self) -> Result<Moment> {
        self.int().map(Moment::from_micros)
    }
    /// A language kept by its code.
    pub fn lang(&mut self) -> Result<Lang> {
        let text = self.str()?;
        Lang::parse(text)
            .ok_or_else(|| Error::fault(format!("column {}: {text} is no language", self.next)))
    }
    /// Names kept as JSON text.
    pub fn names(&mut self) -> Result<Names> {
        serde_json::from_str(self.str()?).map_err(Error::fault)
    }
    /// JSON text.
    pub fn json(&mut self) -> Result<serde_json::Value> {
        serde_json::from_str(self.str()?).map_err(Error::fault)
    }
    optional!(opt_id, id, Id);
    optional!(opt_text, text, String);
    optional!(opt_int, int, i64);
    optional!(opt_real, real, f64);
    optional!(opt_bool, bool, bool);
    optional!(opt_bytes, bytes, Vec<u8>);
    optional!(opt_day, day, Day);
    optional!(opt_moment, moment, Moment);
    optional!(opt_lang, lang, Lang);
    optional!(opt_names, names, Names);
    optional!(opt_json, json, serde_json::Value);
}

/// The arguments of a statement, each turned into a [`Val`]: `args![id, "name", day]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::Val::from($value)),*] };
}
