//! What an operator decides: a TOML file, then `HARAMBEE_…` variables over it.

use base::{Error, Lang, Result, Zone};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The variable that says the time zone.
pub const TIME_ZONE: &str = "HARAMBEE_TIME_ZONE";

/// Everything that can be configured; what is left out has a default that works.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://…`; a file in the data folder when left out.
    pub database: String,
    /// Where files, the secret and the SQLite database are kept.
    pub data: PathBuf,
    /// The address the server listens on.
    pub listen: String,
    /// How the world reaches it, without a slash at the end; `https://` makes cookies secure.
    pub url: String,
    /// The coalition's name, on every page.
    pub name: String,
    /// The language of visitors who ask for none: `en`, `fr` or `ar`.
    pub language: String,
    /// Where the site's days begin and what its clocks show, such as `Pacific/Fiji`; the machine's own zone when left out.
    pub time_zone: String,
    /// A proxy in front says in `X-Forwarded-For` where requests come from.
    pub behind_proxy: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: String::new(),
            data: PathBuf::from("harambee-data"),
            listen: "127.0.0.1:8080".to_owned(),
            url: String::new(),
            name: "Harambee".to_owned(),
            language: "en".to_owned(),
            time_zone: String::new(),
            behind_proxy: false,
        }
    }
}

impl Config {
    /// The configuration from a file, when one is named, and from the environment over it.
    ///
    /// # Errors
    /// A fault naming the file or variable and what is wrong with it.
    pub fn load(file: Option<&Path>) -> Result<Self> {
        let mut config: Self = match file {
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| Error::fault(format!("{}: {e}", path.display())))?;
                toml::from_str(&text)
                    .map_err(|e| Error::fault(format!("{}: {e}", path.display())))?
            }
            None => Self::default(),
        };
        config.over(|name| std::env::var(name).ok())?;
        config.socket()?;
        config.lang()?;
        config.zone()?;
        Ok(config)
    }

    fn over(&mut self, get: impl Fn(&str) -> Option<String>) -> Result<()> {
        let texts = [
            ("HARAMBEE_DATABASE", &mut self.database),
            ("HARAMBEE_LISTEN", &mut self.listen),
            ("HARAMBEE_URL", &mut self.url),
            ("HARAMBEE_NAME", &mut self.name),
            ("HARAMBEE_LANGUAGE", &mut self.language),
            (TIME_ZONE, &mut self.time_zone),
        ];
        for (name, field) in texts {
            if let Some(value) = get(name) {
                *field = value;
            }
        }
        if let Some(data) = get("HARAMBEE_DATA") {
            self.data = PathBuf::from(data);
        }
        if let Some(text) = get("HARAMBEE_BEHIND_PROXY") {
            self.behind_proxy = text.parse().map_err(|_| {
                Error::fault(format!(
                    "HARAMBEE_BEHIND_PROXY is «{text}»; write true or false"
                ))
            })?;
        }
        Ok(())
    }

    /// The address to listen on.
    ///
    /// # Errors
    /// A fault when it is no address and port.
    pub fn socket(&self) -> Result<SocketAddr> {
        self.listen.parse().map_err(|_| {
            Error::fault(format!(
                "listen is «{}»; write it like 127.0.0.1:8080",
                self.listen
            ))
        })
    }

    /// The language of visitors who ask for none.
    ///
    /// # Errors
    /// A fault when the product does not speak it.
    pub fn lang(&self) -> Result<Lang> {
        Lang::parse(&self.language).ok_or_else(|| {
            Error::fault(format!(
                "language is «{}»; write en, fr or ar",
                self.language
            ))
        })
    }

    /// The time zone of the site.
    ///
    /// # Errors
    /// A fault when nobody knows it, with what to write instead.
    pub fn zone(&self) -> Result<Zone> {
        if self.time_zone.is_empty() {
            Zone::of_machine()
        } else {
            Zone::named(&self.time_zone)
        }
    }

    /// The database, by default a file in the data folder.
    pub fn database_url(&self) -> String {
        if self.database.is_empty() {
            format!("sqlite:{}", self.data.join("harambee.db").display())
        } else {
            self.database.clone()
        }
    }

    /// The 32 bytes that sign form tokens; made at the first start and kept in the data folder.
    ///
    /// # Errors
    /// A fault when the folder cannot be written.
    pub fn secret(&self) -> Result<[u8; 32]> {
        let path = self.data.join("secret");
        let fail = |e: std::io::Error| Error::fault(format!("{}: {e}", path.display()));
        if !path.exists() {
            std::fs::create_dir_all(&self.data).map_err(fail)?;
            let bytes = [
                *base::Uuid::new_v4().as_bytes(),
                *base::Uuid::new_v4().as_bytes(),
            ]
            .concat();
            write_private(&path, &bytes).map_err(fail)?;
        }
        let bytes = std::fs::read(&path).map_err(fail)?;
        bytes
            .try_into()
            .map_err(|_| Error::fault(format!("{}: not 32 bytes", path.display())))
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_stands_over_the_file() {
        let mut config: Config = toml::from_str("listen = '0.0.0.0:80'\nname = 'Réseau'").unwrap();
        config
            .over(|name| (name == "HARAMBEE_LISTEN").then(|| "127.0.0.1:9".to_owned()))
            .unwrap();
        assert_eq!(
            (config.listen.as_str(), config.name.as_str()),
            ("127.0.0.1:9", "Réseau")
        );
    }

    #[test]
    fn a_time_zone_is_a_place_or_a_rule() {
        let with = |text: &str| {
            let mut config: Config = toml::from_str("time_zone = 'Pacific/Fiji'").unwrap();
            config
                .over(|name| (name == TIME_ZONE && !text.is_empty()).then(|| text.to_owned()))
                .unwrap();
            config.zone()
        };
        assert_eq!(with("").unwrap().name(), "Pacific/Fiji");
        assert_eq!(with("America/Lima").unwrap().name(), "America/Lima");
        assert_eq!(with("<+08>-8").unwrap().name(), "<+08>-8");
        for bad in ["Pacific/Fidschi", "UTC+8"] {
            let error = with(bad).unwrap_err().to_string();
            assert!(
                error.contains(bad) && error.contains("such as Pacific/Fiji"),
                "{error}"
            );
        }
        // Left out, it is the machine's.
        assert!(Config::default().zone().is_ok());
    }

    #[test]
    fn a_site_does_not_start_by_the_time_of_nowhere() {
        let file = std::env::temp_dir().join(format!("harambee-zone-{}.toml", std::process::id()));
        std::fs::write(&file, "time_zone = 'Pacific/Fidschi'").unwrap();
        let refused = Config::load(Some(&file)).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        assert!(refused.contains("«Pacific/Fidschi»"), "{refused}");
    }

    #[test]
    fn a_setting_nobody_knows_is_refused_by_name() {
        let error = toml::from_str::<Config>("lisen = 'x'")
            .unwrap_err()
            .to_string();
        assert!(error.contains("lisen"), "{error}");
        let bad = Config {
            listen: "here".to_owned(),
            ..Config::default()
        };
        assert!(bad.socket().unwrap_err().to_string().contains("here"));
    }
}
