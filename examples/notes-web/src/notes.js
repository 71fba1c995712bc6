const KEY = "notes";
const FIRST = [{ id: "welcome", text: "Notes stay in this browser." }];

export function load() {
  const kept = localStorage.getItem(KEY);
  return kept ? JSON.parse(kept) : FIRST;
}

export function add(text) {
  const notes = [...load(), { id: crypto.randomUUID(), text }];
  localStorage.setItem(KEY, JSON.stringify(notes));
  return notes;
}

export function find(id) {
  return load().find((note) => note.id === id);
}
