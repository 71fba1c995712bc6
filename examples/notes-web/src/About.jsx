export default function About() {
  return (
    <>
      <h1>About</h1>
      <p>A small app with several routes, built by Vite and deployed by Windlass.</p>
    </>
  );
}
