//! Kills a server again and again while clients write, and looks whether everything it had
//! acknowledged is there: `kill [DATABASE-URL|file] [TIMES]`. It serves itself: `kill serve PORT URL`.

#[expect(dead_code, reason = "its main is for when it runs alone")]
#[path = "serve.rs"]
mod serve;

use base::{Error, Id};
use data_encoding::BASE64;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PORT: u16 = 8097;
const KEY: &str = "suite:suite-secret-of-tests";
const CLIENTS: usize = 16;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

fn start(url: &str) -> Done<Child> {
    let child = Command::new(std::env::current_exe()?)
        .args(["serve", &PORT.to_string(), url])
        .stderr(Stdio::null())
        .spawn()?;
    Ok(child)
}

/// One statement; its id when the server has acknowledged it.
async fn post(stream: &mut TcpStream, body: &str) -> std::io::Result<bool> {
    let head = format!(
        "POST /xapi/2.0/statements HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {}\r\n\
         X-Experience-API-Version: 2.0.0\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        BASE64.encode(KEY.as_bytes()),
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(false);
        }
        answer.extend_from_slice(buffer.get(..count).unwrap_or_default());
        // The answer is one short array and ends with it.
        if answer.ends_with(b"]") {
            return Ok(answer.starts_with(b"HTTP/1.1 200"));
        }
        if answer.starts_with(b"HTTP/1.1 5") {
            return Ok(false);
        }
    }
}

async fn client(acknowledged: Arc<Mutex<Vec<Id>>>) {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", PORT)).await else {
        return;
    };
    loop {
        let id = Id(base::Uuid::new_v4());
        let body = format!(
            "{{\"id\":\"{id}\",\"actor\":{{\"account\":{{\"homePage\":\"https://kill.example\",\
             \"name\":\"a\"}}}},\"verb\":{{\"id\":\"https://kill.example/did\"}},\
             \"object\":{{\"id\":\"https://kill.example/{id}\"}}}}"
        );
        match post(&mut stream, &body).await {
            Ok(true) => acknowledged
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(id),
            _ => return,
        }
    }
}

#[tokio::main]
async fn main() -> Done<()> {
    let mut args = std::env::args().skip(1).peekable();
    if args.next_if(|word| word == "serve").is_some() {
        return serve::run(args).await;
    }
    let file = db::testing::File::new();
    let url = args.next().filter(|word| word != "file");
    let url = url.unwrap_or_else(|| file.url());
    let times: u32 = args.next().and_then(|n| n.parse().ok()).unwrap_or(100);
    let mut total = 0_usize;
    for round in 0..times {
        let mut server = start(&url)?;
        let mut tries = 0;
        while TcpStream::connect(("127.0.0.1", PORT)).await.is_err() {
            tries += 1;
            if tries > 600 {
                server.kill()?;
                return Err("the server does not come up".into());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| tokio::spawn(client(acknowledged.clone())))
            .collect();
        let chance = u64::from(base::Uuid::new_v4().as_bytes()[0]);
        tokio::time::sleep(Duration::from_millis(30 + chance * 2)).await;
        server.kill()?;
        server.wait()?;
        for client in clients {
            client.await?;
        }
        let ids = std::mem::take(&mut *acknowledged.lock().unwrap_or_else(PoisonError::into_inner));
        total += ids.len();
        let db = db::Db::open(&url, &[])?;
        let lost = db
            .read(move |tx| {
                let mut lost = 0;
                for id in &ids {
                    match records::statement(tx, *id) {
                        Ok(_) => {}
                        Err(Error::Missing) => lost += 1,
                        Err(error) => return Err(error),
                    }
                }
                Ok(lost)
            })
            .await?;
        db.close();
        if lost > 0 {
            return Err(format!("round {round}: {lost} acknowledged statements are lost").into());
        }
    }
    println!("killed {times} times, {total} acknowledged, none lost");
    Ok(())
}
