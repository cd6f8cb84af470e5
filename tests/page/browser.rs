//! A headless Chromium that opens a page.

use fantoccini::actions::{InputSource, MouseActions, PointerAction, TouchActions};
use fantoccini::elements::Element;
use fantoccini::wd::{PrintConfiguration, PrintSize, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Programs, by the names that systems give them.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: [&str; 1] = ["chromedriver"];
/// Where Debian, Homebrew and others put them, if they are not on the path.
const PLACES: [&str; 3] = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/// No window, no network, nothing of the user's own profile.
const SWITCHES: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(PLACES.map(PathBuf::from))
        .collect();
    let ending = std::env::consts::EXE_SUFFIX;
    names
        .iter()
        .flat_map(|name| {
            folders
                .iter()
                .map(move |folder| folder.join(format!("{name}{ending}")))
        })
        .find(|file| file.is_file())
}

/// An open page.
pub(crate) struct Page {
    client: Client,
}

/// Opens a page, does something with it, and ends the browser, whatever happens.
///
/// Where there is no Chromium the test is passed over with a word on the console, but fails in CI.
pub(crate) fn open<F>(file: &Path, act: impl FnOnce(Page) -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (Some(chromium), Some(driver)) = (program(&CHROMIUM), program(&DRIVER)) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "Chromium or its driver is missing: ./run test installs them"
        );
        // Not by `eprintln!`, which the test harness keeps to itself.
        let word = "passed over: Chromium or its driver is missing (chromium, chromium-driver)\n";
        std::io::stderr().write_all(word.as_bytes()).unwrap();
        return;
    };
    let address = url::Url::from_file_path(file.canonicalize().unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async move {
        let mut driver = Driver::start(&driver);
        let client = driver.browser(&chromium).await;
        let page = Page {
            client: client.clone(),
        };
        let acted = tokio::spawn(async move {
            page.client.goto(address.as_str()).await.unwrap();
            act(page).await;
        })
        .await;
        let _ = client.close().await;
        driver.end();
        if let Err(failed) = acted {
            std::panic::resume_unwind(failed.into_panic());
        }
    });
}

/// The program that drives the browser.
struct Driver {
    process: Child,
    address: String,
    profile: TempDir,
}

impl Driver {
    fn start(program: &Path) -> Self {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines
            .find_map(|line| {
                let line = line.unwrap();
                let (_, port) = line.split_once("started successfully on port ")?;
                Some(port.trim_end_matches('.').to_owned())
            })
            .expect("the driver names its port");
        Driver {
            process,
            address: format!("http://127.0.0.1:{port}"),
            profile: TempDir::new().unwrap(),
        }
    }

    async fn browser(&self, chromium: &Path) -> Client {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let switches: Vec<&str> = SWITCHES.into_iter().chain([profile.as_str()]).collect();
        let wishes = json!({
            "goog:chromeOptions": { "binary": chromium, "args": switches },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let Value::Object(wishes) = wishes else {
            unreachable!("an object")
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wishes.into_iter().collect());
        builder.connect(&self.address).await.unwrap()
    }

    fn end(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Page {
    /// The value of a script's `return`.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Texts that a reader sees of all elements that match.
    pub(crate) async fn texts(&self, selector: &str) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())";
        let texts = self.client.execute(script, vec![selector.into()]).await;
        serde_json::from_value(texts.unwrap()).unwrap()
    }

    /// The text that a reader sees of the one element that matches first.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let texts = self.texts(selector).await;
        texts
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no {selector}"))
    }

    pub(crate) async fn find(&self, selector: &str) -> Element {
        self.client.find(Locator::Css(selector)).await.unwrap()
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.center(selector).await;
        self.find(selector).await.click().await.unwrap();
    }

    /// Types into a field, after what is there.
    pub(crate) async fn write(&self, selector: &str, text: &str) {
        self.find(selector).await.send_keys(text).await.unwrap();
    }

    /// Puts the mouse on the middle of an element, or so many pixels beside it.
    pub(crate) async fn point(&self, selector: &str, (x, y): (i64, i64)) {
        self.center(selector).await;
        let element = self.find(selector).await;
        let mouse = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: x as f64,
            y: y as f64,
        });
        self.client.perform_actions(mouse).await.unwrap();
        // A busy machine tells the page of the mouse a moment later.
        let drawn = "const told = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(told));";
        self.client.execute_async(drawn, vec![]).await.unwrap();
    }

    /// Touches the middle of an element with a finger.
    pub(crate) async fn tap(&self, selector: &str) {
        self.center(selector).await;
        let element = self.find(selector).await;
        let finger = TouchActions::new("finger".to_owned())
            .then(PointerAction::MoveToElement {
                element,
                duration: None,
                x: 0.0,
                y: 0.0,
            })
            .then(PointerAction::Down { button: 0 })
            .then(PointerAction::Up { button: 0 });
        self.client.perform_actions(finger).await.unwrap();
    }

    async fn center(&self, selector: &str) {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })";
        self.client
            .execute(script, vec![selector.into()])
            .await
            .unwrap();
    }

    /// Shows the page on a screen of this width and height.
    pub(crate) async fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Takes the page as printed on A4.
    pub(crate) async fn print(&self) -> Vec<u8> {
        let settings = PrintConfiguration::builder()
            .size(PrintSize {
                width: 21.0,
                height: 29.7,
            })
            .background(true)
            .build()
            .unwrap();
        self.client.print(settings).await.unwrap()
    }

    /// The whole page as a PNG picture.
    pub(crate) async fn picture(&self, width: u32) -> Vec<u8> {
        self.resize(width, 900).await;
        let height = self
            .run("return document.documentElement.scrollHeight")
            .await;
        self.resize(width, height.as_u64().unwrap() as u32).await;
        self.client.screenshot().await.unwrap()
    }

    /// What the console holds since it was last asked: errors of scripts, of styles, of what was not to be loaded.
    pub(crate) async fn console(&self) -> Vec<String> {
        let log = self.client.issue_cmd(Extension {
            path: "se/log",
            body: json!({ "type": "browser" }),
        });
        let entries = log.await.unwrap();
        let entries = entries.as_array().unwrap().iter();
        entries
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    async fn devtools(&self, command: &str, parameters: Value) {
        let body = json!({ "cmd": command, "params": parameters });
        let command = Extension {
            path: "goog/cdp/execute",
            body,
        };
        self.client.issue_cmd(command).await.unwrap();
    }
}

/// A command of Chromium's driver that is not in the standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
