export interface Exchange {
  /** Of the auth server. */
  origin: string;
  pool: string;
  mode: "secret" | "pkce" | "open";
}

export const BACKENDS = ["cURL", "Node.js", "Python", "Java", "Go", "PHP"] as const;
export type Backend = (typeof BACKENDS)[number];

const url = ({ origin, pool }: Exchange): string => `${origin}/oauth/app2wxapp/auth/${pool}`;

/** The proof that goes with the ticket, as one language writes it. */
const proof = ({ mode }: Exchange, forms: { secret: string; pkce: string }): string =>
  mode === "secret" ? forms.secret : mode === "pkce" ? forms.pkce : "";

/** What a backend writes to trade a ticket for the user, by language. No secret stands in it. */
export const BACKEND_SNIPPETS: Record<Backend, (exchange: Exchange) => string> = {
  cURL: (exchange) => `curl ${url(exchange)} \\
  -H 'content-type: application/json' \\
  -d "{\\"ticket\\":\\"$TICKET\\"${proof(exchange, { secret: ',\\"secret\\":\\"$POOL_SECRET\\"', pkce: ',\\"codeVerifier\\":\\"$VERIFIER\\"' })}}"`,
  "Node.js": (exchange) => `const response = await fetch("${url(exchange)}", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ ticket${proof(exchange, { secret: ", secret: process.env.POOL_SECRET", pkce: ", codeVerifier" })} }),
});
if (!response.ok) throw new Error((await response.json()).error);
const user = await response.json(); // user._id, user.phone, user.token`,
  Python: (exchange) => `response = requests.post(
    "${url(exchange)}",
    json={"ticket": ticket${proof(exchange, { secret: ', "secret": os.environ["POOL_SECRET"]', pkce: ', "codeVerifier": code_verifier' })}},
    timeout=10,
)
response.raise_for_status()
user = response.json()  # user["_id"], user["phone"], user["token"]`,
  Java: (
    exchange,
  ) => `var body = new ObjectMapper().writeValueAsString(Map.of("ticket", ticket${proof(exchange, { secret: ', "secret", System.getenv("POOL_SECRET")', pkce: ', "codeVerifier", codeVerifier' })}));
var request = HttpRequest.newBuilder(URI.create("${url(exchange)}"))
    .header("content-type", "application/json")
    .timeout(Duration.ofSeconds(10))
    .POST(HttpRequest.BodyPublishers.ofString(body))
    .build();
var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
if (response.statusCode() != 200) throw new IllegalStateException(response.body());
var user = new ObjectMapper().readTree(response.body()); // _id, phone, token`,
  Go: (
    exchange,
  ) => `body, _ := json.Marshal(map[string]string{"ticket": ticket${proof(exchange, { secret: ', "secret": os.Getenv("POOL_SECRET")', pkce: ', "codeVerifier": codeVerifier' })}})
response, err := http.Post("${url(exchange)}", "application/json", bytes.NewReader(body))
if err != nil {
	return err
}
defer response.Body.Close()
var user struct {
	ID    string \`json:"_id"\`
	Phone string \`json:"phone"\`
	Token string \`json:"token"\`
}
err = json.NewDecoder(response.Body).Decode(&user)`,
  PHP: (exchange) => `$request = curl_init("${url(exchange)}");
curl_setopt_array($request, [
    CURLOPT_POST => true,
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 10,
    CURLOPT_HTTPHEADER => ["content-type: application/json"],
    CURLOPT_POSTFIELDS => json_encode(["ticket" => $ticket${proof(exchange, { secret: ', "secret" => getenv("POOL_SECRET")', pkce: ', "codeVerifier" => $codeVerifier' })}]),
]);
$user = json_decode(curl_exec($request), true); // _id, phone, token`,
};
