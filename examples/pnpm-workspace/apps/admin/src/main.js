document.getElementById("app").textContent = "Orders of today";
