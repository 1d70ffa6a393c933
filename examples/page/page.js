/* A start page for families: logs in with ID-porten (PKCE, PAR), asks the gateway for /overview, shows it. No framework, no build step.
   The access token is in `session`, in this page's memory, and nowhere else: a reload means logging in again. */

const cameFrom = location.pathname, answered = new URLSearchParams(location.search);
history.replaceState(null, "", "/");   // what ID-porten put in the address leaves it before anything else happens
const [config, texts] = await Promise.all(["/config.json", "/texts.json"].map(async (file) => (await fetch(file)).json()));
const PENDING = "login under way";   // state, nonce and verifier: they must outlive the way to ID-porten and back, and are worth nothing after it
const main = document.getElementById("main"), status = document.getElementById("status");
let session = null;                  // {token, idToken}
let lang = sessionStorage.getItem("lang") ?? navigator.languages.map((each) => each.slice(0, 2).replace("no", "nb")).find((each) => each in texts) ?? "nb";
let show = () => start();            // draws what is on the page now, in the language chosen now

class LoggedOut extends Error {}
class Problem extends Error {}       // what went wrong, in words for people

/* -- the login ---------------------------------------------------------------------------------------------------------------- */

async function logIn() {
  const [verifier, state, nonce] = [random(), random(), random()];
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, nonce }));
  const endpoints = await discovered();
  const pushed = await post(endpoints.pushed_authorization_request_endpoint, {
    response_type: "code", client_id: config.client_id, redirect_uri: redirectUri(), scope: "openid profile", state, nonce,
    code_challenge: await challenge(verifier), code_challenge_method: "S256",
    acr_values: "idporten-loa-high", resource: config.gateway, ui_locales: lang,
  });
  location.assign(`${endpoints.authorization_endpoint}?${new URLSearchParams({ client_id: config.client_id, request_uri: pushed.request_uri })}`);
}

async function comeBack(answer) {
  const pending = JSON.parse(sessionStorage.getItem(PENDING));
  sessionStorage.removeItem(PENDING);
  if (!pending || answer.get("state") !== pending.state || answer.get("iss") !== config.issuer) return start("strange");
  if (!answer.has("code")) return start(answer.get("error") === "access_denied" ? "cancelled" : "failed");
  tell(texts[lang].loading);
  try {
    const tokens = await post((await discovered()).token_endpoint, {
      grant_type: "authorization_code", client_id: config.client_id, code: answer.get("code"), redirect_uri: redirectUri(), code_verifier: pending.verifier,
    });
    if (!isForUs(claims(tokens.id_token), pending.nonce)) return start("failed");
    session = { token: tokens.access_token, idToken: tokens.id_token };
  } catch {
    return start("failed");                                    // the code is used up: only a new login helps
  }
  await attempt(overview);
}

/* The ID token came straight from the issuer's token endpoint, so TLS vouches for its signature (OpenID Connect Core § 3.1.3.7, point 6). */
function isForUs(id, nonce) {
  return id.iss === config.issuer && [id.aud].flat().includes(config.client_id) && id.nonce === nonce && id.exp * 1000 > Date.now();
}

function logOut() {                                            // a form and not a link, so that the ID token is in no address
  const form = el("form", { method: "post", action: `${config.issuer}/logout`, hidden: "" });
  const fields = { id_token_hint: session.idToken, post_logout_redirect_uri: config.logged_out, state: lang };
  form.append(...Object.entries(fields).map(([name, value]) => el("input", { type: "hidden", name, value })));
  session = null;
  document.body.append(form);
  form.submit();
}

async function discovered() {
  const found = await (await fetch(`${config.issuer}/.well-known/openid-configuration`)).json();
  if (found.issuer !== config.issuer) throw new Problem(texts[lang].failed);
  return found;
}

async function post(address, fields) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), credentials: "omit" });
  if (!answer.ok) throw new Problem(texts[lang].failed);
  return answer.json();
}

const redirectUri = () => `${location.origin}/callback`;
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const challenge = async (verifier) => base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
const claims = (token) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))));

/* -- the gateway -------------------------------------------------------------------------------------------------------------- */

async function ask(path) {
  if (!session) throw new LoggedOut();
  const headers = { Authorization: `Bearer ${session.token}`, "Accept-Language": lang };
  const answer = await fetch(config.gateway + path, { headers, credentials: "omit", cache: "no-store" });
  if (answer.status === 401) throw new LoggedOut();
  const body = await answer.json();
  if (!answer.ok) throw new Problem(body.detail);              // problem+json, already in the reader's language
  return body;
}

/* Runs what may fail, and says what failed in the place where it was asked for. */
async function attempt(what, where = main) {
  tell(texts[lang].loading);
  try {
    await what();
    if (session) tell(texts[lang].loaded, "unseen");
  } catch (fault) {
    tell("");
    if (fault instanceof LoggedOut) { session = null; return start("expired"); }
    if (!(fault instanceof Problem)) console.error(fault);
    const says = el("p", { class: "say", role: "alert" }, fault instanceof Problem ? fault.message : texts[lang].no_answer);
    const ways = [button(texts[lang].again, () => attempt(what, where)), ...(session && where === main ? [button(texts[lang].log_out, logOut)] : [])];
    if (where === main) draw(session ? texts[lang].overview : texts[lang].start, says, el("div", { class: "row" }, ...ways));
    else where.replaceChildren(says, ...ways);
  }
}

/* -- what is shown ------------------------------------------------------------------------------------------------------------ */

function start(news) {
  const t = texts[lang];
  show = () => start(news);
  draw(t.start, ...(news ? [el("p", { class: "say", role: "alert" }, t[news])] : []), el("p", {}, t.intro), button(t.log_in, () => attempt(logIn), "main"));
  tell("");
}

async function overview() {
  show = () => attempt(overview);
  const asked = lang, found = await ask("/overview"), t = texts[asked];
  if (asked !== lang) return;                                  // another language was chosen while this one was under way
  draw(t.overview, el("div", { class: "row" }, button(t.refresh, () => attempt(overview)), button(t.log_out, logOut)),
    section(t.waits, el("p", {}, found.says), ...tasks(found)),
    ...(found.children.length ? found.children.map(child) : [el("p", {}, t.nobody)]));
}

function tasks({ awaits_me, children }) {
  const name = (id) => texts[lang].about.replace("{child}", children.find((each) => each.id === id)?.name ?? "");
  return list(awaits_me.map((task) => [el("strong", {}, words(task.title)), el("p", {}, words(task.says)), el("p", { class: "quiet" }, name(task.child_id), " · ", sent(task))]));
}

function child({ name, age, rights, cases }) {
  const t = texts[lang];
  return section(`${name}, ${age ? t.years.replace("{age}", age) : t.under_one}`,
    el("h3", {}, t.cases), ...part(cases, () => list([...cases.may_complain.map(decided), ...cases.open.map(openCase)])),
    el("h3", {}, t.rights), ...part(rights, () => list(rights.first.map(right))));
}

/* Each part has its own words, also when its service is away or it is not open to this person; `state` decides, never a missing field. */
function part({ state, says }, items) {
  return [el("p", state === "ready" ? {} : { class: "say" }, says), ...(state === "ready" ? items() : [])];
}

function right({ name, verdict, missing, href }) {
  const answer = el("div"), more = el("details", {}, el("summary", {}, words(name), " ", el("span", { class: "verdict" }, (texts[lang][verdict] ?? verdict).replace("{missing}", missing))), answer);
  more.addEventListener("toggle", () => { if (more.open && !answer.hasChildNodes()) attempt(async () => answer.replaceChildren(...reasons((await ask(href)).right)), answer); });
  return [more];
}

function reasons({ says, summary, reasons, missing, application, authority }) {
  const t = texts[lang];
  return [
    el("p", {}, words(summary)), el("p", {}, says.join(" ")),
    ...under(t.why, reasons.map((each) => [words(each.text), ...each.law.flatMap((law) => [" ", law.url ? el("a", { href: law.url, rel: "noreferrer" }, law.text) : law.text])])),
    ...under(t.missing, missing.map((each) => [each.question ? words(each.question) : each.fact])),
    el("p", {}, application.says, " ", t.decides.replace("{authority}", authority.name.text)),
  ];
}

/* Two applications for the same right are told apart by the day they were sent. A day stands alone only where the law gives one; its words are always at hand. */
const ANSWERS = ["answer", "preliminary_answer"];              // what other days are about, only their words can say
function openCase(found) {
  const { title, authority, status, next, answer, complaint } = found, t = texts[lang];
  const duties = complaint?.answer ?? answer;                   // once it is decided, the law's time limits are the complaint's
  const days = duties.filter((each) => each.last_day && ANSWERS.includes(each.kind)).map((each) => el("p", {}, lastDay(t[each.kind], each.last_day, each.days_left)));
  return [el("strong", {}, words(title)), el("p", {}, words(authority), ": ", words(status)), el("p", { class: "quiet" }, sent(found)),
    ...(complaint ? [el("p", {}, words(complaint.status), ", ", written(complaint.filed_at))] : []),
    el("p", {}, words(next)), ...days, ...behind(t.law, duties.map(({ says }) => says))];
}

/* A decision that did not give all, as long as one may complain. */
function decided(found) {
  const { title, decided_at, says, deadline, deadline_says, days_left } = found, t = texts[lang];
  return [el("strong", {}, words(title)), el("p", { class: "quiet" }, sent(found), " · ", t.decided.replace("{date}", written(decided_at))),
    el("p", {}, words(says)), ...(deadline ? [el("p", {}, lastDay(t.complain, deadline, days_left))] : []), ...behind(t.counted, [deadline_says])];
}

const sent = ({ submitted_at }) => texts[lang].sent.replace("{date}", written(submitted_at));
const behind = (title, said) => (said.length ? [el("details", {}, el("summary", {}, title), el("div", {}, ...said.map((each) => el("p", {}, words(each)))))] : []);

function lastDay(text, day, left) {
  const t = texts[lang], rest = left > 1 ? t.days_left.replace("{days}", left) : left === 1 ? t.one_day_left : "";
  return el("span", {}, el("strong", {}, text.replace("{date}", written(day))), rest && ` ${rest}`);
}

/* A day, or a moment as a clock in Norway shows it. Months are called the same in Nynorsk, which not every browser knows. */
function written(when) {
  const day = when.length === 10, moment = new Date(day ? `${when}T12:00:00Z` : when);
  return moment.toLocaleString(lang === "en" ? "en-GB" : "nb", { dateStyle: "long", ...(day ? {} : { timeStyle: "short" }), timeZone: "Europe/Oslo" }).replace(" ", "\u00a0");
}

const under = (title, items) => (items.length ? [el("p", {}, el("strong", {}, title)), el("ul", {}, ...items.map((each) => el("li", {}, ...each)))] : []);
const list = (items) => (items.length ? [el("ul", { class: "list" }, ...items.map((each) => el("li", {}, ...each)))] : []);
const button = (text, act, look = "") => { const made = el("button", { type: "button", class: look }, text); made.addEventListener("click", act); return made; };
const heading = (level, text) => el(level, { tabindex: "-1" }, text);
function section(title, ...content) { const head = el("h2", { id: `s${random()}` }, title); return el("section", { "aria-labelledby": head.id }, head, ...content); }

/* A text for people says its own language: one that is not translated yet is read aloud as what it is. */
function words({ text, lang: written }) {
  return written === lang ? el("span", {}, text) : el("span", {}, el("span", { lang: written }, text), el("span", { class: "quiet" }, ` (${texts[lang].only_in})`));
}

function el(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "" || key === "hidden") made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function draw(title, ...content) {
  const head = heading("h1", title);
  main.replaceChildren(head, ...content);
  document.title = `${title} – Sømløs`;
  head.focus();
}

/* To everyone while something is under way; to those who listen also when it has come. */
function tell(text, look = "") {
  status.className = look;
  status.textContent = text;
}

function speak(chosen) {
  lang = chosen;
  sessionStorage.setItem("lang", lang);
  document.documentElement.lang = lang;
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = texts[lang][each.dataset.text];
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", texts[lang][each.dataset.label]);
  for (const each of languages.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each.lang === lang));
}

const languages = document.getElementById("languages");
languages.append(...Object.keys(texts).map((each) => {
  const choice = button(texts[each].called, () => { speak(each); show(); });
  choice.lang = each;
  return el("li", {}, choice);
}));
speak(cameFrom === "/logged-out" && answered.get("state") in texts ? answered.get("state") : lang);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });   // Back after logging out shows nobody's children
if (cameFrom === "/callback") await comeBack(answered);
else start(cameFrom === "/logged-out" ? "gone" : undefined);
