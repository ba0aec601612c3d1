//! What a person does with the window, said over WebDriver straight to WebKitWebDriver: find, click, type, read.
//!
//! Every act finds its element anew and is tried again while the page is still changing, so a story never holds an
//! element that a redraw has replaced, and never waits longer than it must.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Failure;

/// Pause between two tries: short beside what a person notices.
const POLL_MS: u64 = 100;

/// Two minutes for something to be on the page: seconds on a busy machine, half a minute where a disk is being filled
/// beside it and each commit waits for that.
const ELEMENT_TRIES: u32 = 1_200;

/// Five minutes for the work behind a page, such as a whole pipeline in a debug build.
const WORK_TRIES: u32 = 3_000;

/// Two minutes for one answer: the first one waits for the app to start.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(120);

/// Looks in a row that find something where it was, some frames apart, until it stands still.
const STILL_LOOKS: u32 = 10;
/// Steps of a drag, and how long each takes.
const DRAG_STEPS: u32 = 12;
const STEP_MS: u64 = 20;

/// Where the middle of an element is in the window, once it is in it.
const MIDDLE: &str = "arguments[0].scrollIntoView({ block: 'nearest' });
const { x, y, width, height } = arguments[0].getBoundingClientRect();
return [x + width / 2, y + height / 2];";

/// The name WebDriver gives an element's reference in its answers.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Not the empty page that stands before the app's own.
const IS_LOADED: &str = "return document.readyState === 'complete' && location.href !== 'about:blank'";

/// Notes whatever the page complains about from now on. That the webview measures something a frame later is a remark of
/// its own, which no handler of the page can be the cause of.
const WATCH_CONSOLE: &str = "
if (!window.complaints) {
  window.complaints = [];
  const note = (kind, words) => window.complaints.push(kind + ': ' + words.map(String).join(' '));
  for (const kind of ['warn', 'error']) {
    const said = console[kind];
    console[kind] = (...words) => { note(kind, words); said.apply(console, words); };
  }
  addEventListener('error', (event) => event.message.startsWith('ResizeObserver loop') || note('uncaught', [event.message]));
  addEventListener('unhandledrejection', (event) => note('unhandled', [event.reason]));
}";

/// How to find an element, preferably as a person would name it.
#[derive(Debug, Clone)]
pub enum Find {
    Css(String),
    XPath(String),
}

impl Find {
    pub fn test_id(id: &str) -> Self {
        Self::Css(format!("[data-testid=\"{id}\"]"))
    }

    /// The innermost element that shows exactly this text.
    pub fn text(text: &str) -> Self {
        Self::XPath(format!("//body//*[normalize-space(.)={0} and not(*[normalize-space(.)={0}])]", quoted(text)))
    }

    /// A button or link by its name on the screen.
    pub fn button(name: &str) -> Self {
        let name = quoted(name);
        Self::XPath(format!(
            "//*[self::button or self::a or @role='button' or @role='menuitem'][normalize-space(.)={name} or @aria-label={name}]"
        ))
    }

    /// A form field by its label; a mark for required fields after the label does not matter.
    pub fn field(label: &str) -> Self {
        let label = quoted(label);
        Self::XPath(format!("//*[@id=//label[normalize-space(text())={label}]/@for or @aria-label={label}]"))
    }

    fn as_json(&self) -> Value {
        match self {
            Self::Css(selector) => json!({ "using": "css selector", "value": selector }),
            Self::XPath(path) => json!({ "using": "xpath", "value": path }),
        }
    }
}

/// A step of the pointer to a place in the window.
fn moved_to(x: f64, y: f64) -> Value {
    json!({ "type": "pointerMove", "origin": "viewport", "x": x.round(), "y": y.round(), "duration": STEP_MS })
}

/// XPath has no escape inside a string, so a text with an apostrophe is put in quotation marks.
fn quoted(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}

/// One WebDriver session: one window of one process.
pub struct Driver {
    http: Client,
    address: String,
}

impl Driver {
    /// Starts the program and waits until its page can be driven.
    ///
    /// # Errors
    /// When the driver does not answer on the port or the program offers no window.
    pub async fn open(port: u16, binary: &str, arguments: &[&str]) -> Result<Self, Failure> {
        // Another story of this process may have chosen it already.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().timeout(ANSWER_TIMEOUT).build();
        let http = http.map_err(|error| Failure::new(format!("HTTP client: {error}")))?;
        let mut driver = Self { http, address: format!("http://127.0.0.1:{port}") };
        driver
            .until_tries(ELEMENT_TRIES, "WebKitWebDriver answers", async || {
                driver.get("/status").await.map(Some).or(Ok(None))
            })
            .await?;
        let options = json!({ "binary": binary, "args": arguments });
        // A browser's name here would make the driver look for that browser and refuse ours.
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let session = driver.post("/session", wanted).await;
        let session =
            session.map_err(|failure| Failure::new(format!("{binary} offers no window to drive: {failure}")))?;
        let id = session["sessionId"].as_str().ok_or_else(|| Failure::new(format!("no session id in {session}")))?;
        driver.address = format!("{}/session/{id}", driver.address);
        let loaded =
            async || driver.execute(IS_LOADED, json!([])).await.map(|is| is.as_bool().filter(|is| *is)).or(Ok(None));
        driver.until_tries(ELEMENT_TRIES, "the page is loaded", loaded).await?;
        driver.execute(WATCH_CONSOLE, json!([])).await?;
        Ok(driver)
    }

    /// Waits until the element is on the page.
    pub async fn see(&self, find: &Find) -> Result<(), Failure> {
        self.act(find, async |element| self.get(&format!("/element/{element}/name")).await).await.map(drop)
    }

    /// Waits until no such element is on the page.
    pub async fn see_no_more(&self, find: &Find) -> Result<(), Failure> {
        let gone = async || {
            Ok(self.post("/elements", find.as_json()).await?.as_array().is_some_and(Vec::is_empty).then_some(()))
        };
        self.until_tries(ELEMENT_TRIES, &format!("{find:?} is gone"), gone).await
    }

    /// Clicks as soon as the element can be clicked.
    pub async fn click(&self, find: &Find) -> Result<(), Failure> {
        self.act(find, async |element| self.post(&format!("/element/{element}/click"), json!({})).await).await.map(drop)
    }

    /// Replaces what a field holds, key by key, as a person would: select all, delete, type.
    pub async fn fill(&self, find: &Find, text: &str) -> Result<(), Failure> {
        const CONTROL_A: &str = "\u{E009}a";
        const BACKSPACE: &str = "\u{E003}";
        // Modifiers are let go between two requests only.
        self.press(find, CONTROL_A).await?;
        self.press(find, BACKSPACE).await?;
        self.press(find, text).await
    }

    /// Sends keys to an element; special keys are the characters WebDriver gives them.
    pub async fn press(&self, find: &Find, keys: &str) -> Result<(), Failure> {
        let keys = json!({ "text": keys });
        self.act(find, async |element| self.post(&format!("/element/{element}/value"), keys.clone()).await)
            .await
            .map(drop)
    }

    /// Takes hold of an element in its middle, and lets go of it in the middle of another. The pointer goes by steps, as a
    /// hand does, since a page takes a jump for no drag.
    pub async fn drag(&self, from: &Find, to: &Find) -> Result<(), Failure> {
        let (held, aim) = self.places(from, to).await?;
        let at = |nth: f64| (held.0 + (aim.0 - held.0) * nth, held.1 + (aim.1 - held.1) * nth);
        let steps = (0..=DRAG_STEPS).map(|nth| at(f64::from(nth) / f64::from(DRAG_STEPS)));
        let mut acts: Vec<Value> = steps.map(|(x, y)| moved_to(x, y)).collect();
        acts.insert(1, json!({ "type": "pointerDown", "button": 0 }));
        // The page is asked whether the place takes it, and answers in its next frame.
        acts.push(json!({ "type": "pause", "duration": STEP_MS }));
        acts.push(moved_to(aim.0, aim.1));
        acts.push(json!({ "type": "pointerUp", "button": 0 }));
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": acts });
        self.post("/actions", json!({ "actions": [mouse] })).await.map(drop)
    }

    /// Where two elements are once both stand still: scrolling one of them into the window moves the other, and so does what
    /// arrives on the page.
    async fn places(&self, one: &Find, other: &Find) -> Result<((f64, f64), (f64, f64)), Failure> {
        let (mut places, mut stills) = ((self.middle(one).await?, self.middle(other).await?), 0);
        while stills < STILL_LOOKS {
            self.painted().await?;
            let now = (self.middle(one).await?, self.middle(other).await?);
            stills = if now == places { stills + 1 } else { 0 };
            places = now;
        }
        Ok(places)
    }

    /// Where the middle of an element is in the window, once it has been scrolled into it.
    async fn middle(&self, find: &Find) -> Result<(f64, f64), Failure> {
        let place = self.act(find, async |element| self.execute(MIDDLE, json!([{ ELEMENT: element }])).await).await?;
        match (place[0].as_f64(), place[1].as_f64()) {
            (Some(x), Some(y)) => Ok((x.round(), y.round())),
            _ => Err(Failure::new(format!("{find:?} is nowhere: {place}"))),
        }
    }

    /// The text of an element as it is shown.
    pub async fn text(&self, find: &Find) -> Result<String, Failure> {
        let text = self.act(find, async |element| self.get(&format!("/element/{element}/text")).await).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page and returns what it returns; `arguments` is a list.
    pub async fn execute(&self, script: &str, arguments: Value) -> Result<Value, Failure> {
        self.post("/execute/sync", json!({ "script": script, "args": arguments })).await
    }

    /// Waits until what the page holds is on the screen: a frame starts when the one before it is painted.
    pub async fn painted(&self) -> Result<(), Failure> {
        let script = "requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(arguments[0])))";
        self.execute_later(script, json!([])).await.map(drop)
    }

    /// Runs a script that ends by calling its last argument with what it returns.
    pub async fn execute_later(&self, script: &str, arguments: Value) -> Result<Value, Failure> {
        self.post("/execute/async", json!({ "script": script, "args": arguments })).await
    }

    /// Waits until the program of this session has ended, which the driver notices when it is asked for something.
    pub async fn ended(&self) -> Result<(), Failure> {
        let is_over = async || match self.get("/url").await {
            Err(failure) if failure.is_over() => Ok(Some(())),
            _ => Ok(None),
        };
        self.until_tries(ELEMENT_TRIES, "the program has ended", is_over).await
    }

    /// What the page has warned or complained about on its console since it could be driven.
    pub async fn complaints(&self) -> Result<Vec<String>, Failure> {
        let said = self.execute("return window.complaints", json!([])).await?;
        serde_json::from_value(said).map_err(|error| Failure::new(format!("the console is not watched: {error}")))
    }

    /// Tries until there is an answer, for work that goes on behind the page.
    ///
    /// # Errors
    /// At once when a try fails, and after five minutes without an answer.
    pub async fn until<T>(&self, what: &str, ask: impl AsyncFn() -> Result<Option<T>, Failure>) -> Result<T, Failure> {
        self.until_tries(WORK_TRIES, what, ask).await
    }

    async fn until_tries<T>(
        &self,
        tries: u32,
        what: &str,
        ask: impl AsyncFn() -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        for _ in 0..tries {
            if let Some(answer) = ask().await? {
                return Ok(answer);
            }
            tokio::time::sleep(Duration::from_millis(POLL_MS)).await;
        }
        Err(Failure::new(format!("waited in vain until {what}")))
    }

    /// Finds the element and acts on it, again and again while it is missing, covered, disabled or being replaced.
    async fn act(&self, find: &Find, act: impl AsyncFn(String) -> Result<Value, Failure>) -> Result<Value, Failure> {
        let mut last = Failure::new(format!("{find:?} was never tried"));
        for _ in 0..ELEMENT_TRIES {
            let found = self.post("/element", find.as_json()).await;
            let outcome = match found.as_ref().map(|found| found[ELEMENT].as_str()) {
                Ok(Some(element)) => act(element.to_owned()).await,
                Ok(None) => return Err(Failure::new(format!("{find:?} is not an element: {found:?}"))),
                Err(_) => found,
            };
            match outcome {
                Err(failure) if failure.is_passing() => last = failure,
                outcome => return outcome,
            }
            tokio::time::sleep(Duration::from_millis(POLL_MS)).await;
        }
        Err(Failure::new(format!("{find:?}: {last}")))
    }

    async fn get(&self, path: &str) -> Result<Value, Failure> {
        self.send(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, Failure> {
        self.send(Method::POST, path, Some(body)).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Failure> {
        let mut request = self.http.request(method, format!("{}{path}", self.address));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let broken = |error: reqwest::Error| Failure::new(format!("WebDriver {path}: {error}"));
        let answer: Value = request.send().await.map_err(broken)?.json().await.map_err(broken)?;
        let value = &answer["value"];
        match value["error"].as_str() {
            Some(code) => Err(Failure::of_driver(code, value["message"].as_str().unwrap_or_default())),
            None => Ok(value.clone()),
        }
    }
}
