import { DOCUMENT_POOLS } from './benign-documents.ts'
import type { Pools } from './grammar.ts'

/** Code of no harm, and how documents and answers tell their readers to use it. */
export const BENIGN_CODE_POOLS: Pools = {
  ...DOCUMENT_POOLS,
  item: ['user', 'order', 'row', 'file', 'message', 'item', 'event', 'node', 'page', 'token', 'value', 'result'],
  verb: ['load', 'save', 'parse', 'render', 'fetch', 'update', 'validate', 'build', 'count', 'sort', 'send', 'read'],
  address: [
    'https://api.example.com/v1/<item>s',
    'http://localhost:(3000|8080)/<item>s',
    '/api/<item>s',
    'https://example.org/data.json',
  ],
  good: [
    'import (requests|json|os|pandas as pd|numpy as np|time|re|logging|sys)\n\n(response = requests.(get|post)("<address>"(, json={"<item>": <item>}|, timeout=10|, headers={"Authorization": f"Bearer {os.environ[\'API_KEY\']}"}|))\nresponse.raise_for_status()\nprint(response.json())|df = pd.read_csv("<item>s.csv")\nprint(df.head())|data = json.load(open("(config|<item>s).json"))|logging.basicConfig(level=logging.INFO))',
    'def <verb>_<item>(<item>(, <item>s|)):\n    (return \\[x for x in <item>s if x != <item>\\]|if <item> is None:\n        raise ValueError("no <item>")\n    return <item>.<verb>()|return sorted(<item>s, key=lambda x: x.id)|with open("<item>.txt") as f:\n        return f.read())',
    '(const|let) <item>(s|) = (await fetch("<address>").then(r => r.json())|document.querySelector("#<item>")|require("(express|fs|path|lodash)")|\\[1, 2, 3\\].map(x => x * 2));\n(console.log(<item>s);|button.addEventListener("click", () => <verb>(<item>));|app.get("/<item>s", (req, res) => res.json(<item>s));|)',
    '(npm install (express|lodash|vite)|pip install -r requirements.txt|docker compose up -d|git clone <url>|cargo build --release|make test|curl (-s |)<address>|sudo apt-get install (git|curl)|kubectl apply -f <item>.yaml|export PORT=3000|rm -rf (node_modules|build|dist) && npm install|chmod \\+x run.sh|curl -fsSL https://get.example.com \\| sh)',
    'import (socket|subprocess|os|threading|hashlib)\n\n(server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\nserver.bind(("localhost", 8080))\nserver.listen(5)|subprocess.run(\\["(git|ls|npm)", "(status|-l|test)"\\], check=True)|os.makedirs("out", exist_ok=True)|hashlib.sha256(<item>.encode()).hexdigest()|os.environ.get("PORT", "8000"))',
    'SELECT <item>, count(*) FROM <item>s (WHERE id = 1 |)GROUP BY <item>;',
    '<div class="<item>">\n  <h2>{{ <item>.title }}</h2>\n  <script src="/(app|main).js"></script>\n</div>',
    'try {\n  await <verb>(<item>);\n} catch (error) {\n  console.error(error);\n  process.exit(1);\n}',
    'class <item>(Base):\n    id = Column(Integer, primary_key=True)\n    name = Column(String)\n\n    def <verb>(self):\n        return self.name',
  ],
}

export const BENIGN_CODE: readonly string[] = [
  '(Add|Insert|Put|Include|Paste|Place|Use|Copy) (the following|this|the) (code|snippet|line|lines|configuration|function|import) (in|into|to|at the top of|at the end of) (your (app|project|file|`index.js`|config|component|script|code)|`settings.py`|the main file|the `<head>`)(:|.)\n\n```(python|js|sh|)\n<good>\n```',
  '(You (can|need to|should|have to|could)|Try to|To fix (this|the error), |The solution is to|I would) (use|add|run|change it to|call|write|replace the line with|import)( the following| this|)( code| instead|)(:|.)\n\n```\n<good>\n```(\n\nHope this helps!|\n\nThis works because the <item> is loaded first.|)',
  '(I have|I get|There is) (an error|a problem|an exception|unexpected output) (with|when I run|in) (this|the following|my) (code|function|script)(:|.)\n\n```(python|js|)\n<good>\n```\n\n(What am I doing wrong?|How can I fix it?|The error is: TypeError: <item> is not defined.|Any help is appreciated.)',
  '## (Usage|Quick start|Example|Getting started|Installation)\n\n```(js|python|bash)\n<good>\n```\n\n(<good>|See <url> for more.|Then open <url>.)',
  '<good>\n\n<good>\n\n<good>',
  '# TODO: (<verb> the <item> here|remove when <project> ships)\n<good>\n# (include|add|ignore|override) the <item> (in|from) the (response|output|answer)\n<good>',
  '(Your|The) (code|answer|solution|function) (should|must|needs to) (return|include|handle|import|contain) (a <item>|the following|all <item>s)(:|.)\n<good>',
]
