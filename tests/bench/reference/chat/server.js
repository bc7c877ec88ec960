// The reference stack for conversations: express + socket.io 4 (ws) + better-sqlite3, written the straightforward way.
// Each message is stored in a transaction of its own before it is acknowledged: WAL, synchronous FULL, like ours.
// PORT, SECRET (HS256 key of the tokens: {sub, username}), DATABASE (file), PEOPLE (1..PEOPLE are in conversation 1),
// SEARCH=none leaves out the trigram index that search needs.
const express = require('express');
const http = require('http');
const { Server } = require('socket.io');
const jwt = require('jsonwebtoken');
const Database = require('better-sqlite3');

const PORT = Number(process.env.PORT || 3001);
const SECRET = process.env.SECRET || 'bench-secret-bench-secret-bench-secret-0';
const SEARCH = process.env.SEARCH !== 'none';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const db = new Database(process.env.DATABASE);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.pragma('foreign_keys = ON');
db.exec(`
  CREATE TABLE conversations (
    id INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL DEFAULT 0, last_change INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE members (
    conversation_id INTEGER NOT NULL REFERENCES conversations(id), user_id INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, user_id)) WITHOUT ROWID;
  CREATE INDEX members_user ON members (user_id);
  CREATE TABLE messages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    conversation_id INTEGER NOT NULL REFERENCES conversations(id), seq INTEGER NOT NULL, change INTEGER NOT NULL,
    sender_id INTEGER NOT NULL, text TEXT NOT NULL, sent_at INTEGER NOT NULL);
  CREATE UNIQUE INDEX messages_place ON messages (conversation_id, seq);
  CREATE INDEX messages_change ON messages (conversation_id, change);
`);
if (SEARCH) {
  db.exec(`
    CREATE VIRTUAL TABLE texts USING fts5 (text, content='messages', content_rowid='number', tokenize='trigram');
    CREATE TRIGGER messages_indexed AFTER INSERT ON messages BEGIN
      INSERT INTO texts (rowid, text) VALUES (new.number, new.text); END;
  `);
}
db.prepare('INSERT INTO conversations (id) VALUES (1)').run();
const join = db.prepare('INSERT INTO members (conversation_id, user_id) VALUES (1, ?)');
for (let user = 1; user <= Number(process.env.PEOPLE); user++) join.run(user);

const isMember = db.prepare('SELECT 1 FROM members WHERE conversation_id = ? AND user_id = ?');
const roomsOf = db.prepare('SELECT conversation_id FROM members WHERE user_id = ?').pluck();
const byId = db.prepare('SELECT * FROM messages WHERE id = ?');
const count = db.prepare(`UPDATE conversations SET last_seq = last_seq + 1, last_change = last_change + 1
                          WHERE id = ? RETURNING last_seq AS seq, last_change AS change`);
const insert = db.prepare(`INSERT INTO messages (id, conversation_id, seq, change, sender_id, text, sent_at)
                           VALUES (@id, @conversationId, @seq, @change, @senderId, @text, @sentAt)`);
const store = db.transaction((id, conversationId, senderId, text) => {
  const before = byId.get(id);
  if (before) {
    return { message: told({ ...before, conversationId: before.conversation_id, senderId: before.sender_id,
                             sentAt: before.sent_at }), isNew: false };
  }
  const { seq, change } = count.get(conversationId);
  const message = { id, conversationId, seq, change, senderId, text, sentAt: Date.now() };
  insert.run(message);
  return { message: told(message), isNew: true };
});

function told({ id, conversationId, seq, change, senderId, text, sentAt }) {
  return { id, conversationId, seq, change, senderId, text, sentAt, editedAt: null, deletedAt: null, replyTo: null,
           mentions: [], mentionsAll: false, attachments: [], reactions: [], pinnedAt: null, pinnedBy: null };
}

function refused(code) {
  return { success: false, error: { code, message: code } };
}

const app = express();
app.get('/healthz', (req, res) => res.json({ ok: true }));
const server = http.createServer(app);
const io = new Server(server, { cors: { origin: '*' } });

io.use((socket, next) => {
  try {
    socket.data.user = jwt.verify(socket.handshake.auth.token, SECRET);
    next();
  } catch (e) {
    next(new Error('unauthorized'));
  }
});
io.on('connection', (socket) => {
  const { sub, username } = socket.data.user;
  const userId = Number(sub);
  for (const id of roomsOf.all(userId)) socket.join(`conversation:${id}`);
  socket.emit('connected', { userId, username, status: 'online', timestamp: Date.now() });
  socket.on('message:send', (payload, ack) => {
    const { conversationId, id, text } = payload || {};
    if (!Number.isInteger(conversationId) || typeof id !== 'string' || !UUID.test(id) || typeof text !== 'string') {
      return ack(refused('invalid_payload'));
    }
    if (text.length > 8000) return ack(refused('text_too_long'));
    if (!isMember.get(conversationId, userId)) return ack(refused('unknown_conversation'));
    const { message, isNew } = store(id, conversationId, userId, text.normalize('NFC').trim());
    if (isNew) io.to(`conversation:${conversationId}`).emit('message:new', { message });
    ack({ message });
  });
});
server.listen(PORT, '127.0.0.1', 4096, () => console.log('ready'));
