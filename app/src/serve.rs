//! The server: listens, works through the queue of jobs, stops gracefully.

use base::{Error, Result};
use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::TcpListener;
use web::Site;

/// How long the worker sleeps when no job waits.
const IDLE: Duration = Duration::from_millis(200);
/// Seconds between two looks for proposals that nobody answered in time.
const LAPSE_SECONDS: i64 = 3_600;
/// Seconds between two looks whether anything is to be counted anew.
const COUNT_SECONDS: i64 = 10;

/// Serves until the process is told to stop; calls `ready` once it listens.
///
/// # Errors
/// A fault when the address is taken or the server breaks.
pub fn serve(site: &Site, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    jobs::resume(&site.db)?;
    let worker = worker(site);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::fault)?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .map_err(|e| Error::fault(format!("cannot listen on {listen}: {e}")))?;
        ready(listener.local_addr().map_err(Error::fault)?);
        let service = web::router(site).into_make_service_with_connect_info::<SocketAddr>();
        let stopping = site.clone();
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                told_to_stop().await;
                tracing::info!("stopping: open requests are finished first");
                stopping.stopping.store(true, Ordering::Relaxed);
            })
            .await
            .map_err(Error::fault)
    });
    site.stopping.store(true, Ordering::Relaxed);
    if let Some(worker) = worker {
        let _ = worker.join();
    }
    site.db.close();
    served
}

/// The thread that works through the queue.
fn worker(site: &Site) -> Option<JoinHandle<()>> {
    let site = site.clone();
    let work = move || {
        let (bench, kinds) = (site.bench(), site.job_kinds());
        let (mut looked_at, mut counted_at) = (0, 0);
        while !site.stopping.load(Ordering::Relaxed) {
            let now = site.clock.now().seconds();
            if now - looked_at >= LAPSE_SECONDS {
                looked_at = now;
                if let Err(error) = allocation::release_lapsed(&bench) {
                    tracing::error!(%error, "lapsed proposals are not released");
                }
            }
            if now - counted_at >= COUNT_SECONDS {
                counted_at = now;
                if let Err(error) = reports::take_snapshot(&bench) {
                    tracing::error!(%error, "nothing can be counted anew");
                }
            }
            match jobs::work_one(&bench, &kinds) {
                Ok(true) => {}
                Ok(false) => std::thread::sleep(IDLE),
                Err(error) => {
                    tracing::error!(%error, "the queue cannot be read");
                    std::thread::sleep(IDLE * 10);
                }
            }
        }
    };
    match std::thread::Builder::new()
        .name("jobs".to_owned())
        .spawn(work)
    {
        Ok(handle) => Some(handle),
        Err(error) => {
            tracing::error!(%error, "no thread for jobs");
            None
        }
    }
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
            }
            Err(_) => drop(tokio::signal::ctrl_c().await),
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}
