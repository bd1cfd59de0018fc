/* Maps of places on Leaflet. The list in the page says the same, and is folded away only where the map is drawn. */

(function () {
  "use strict";

  function addGround(map, box) {
    if (box.dataset.tiles) {
      L.tileLayer(box.dataset.tiles, { attribution: box.dataset.attribution, maxZoom: 18 }).addTo(map);
    } else {
      // Our own drawing of the land, from this site: nobody else's server is asked.
      L.imageOverlay(box.dataset.land, [[-90, -180], [90, 180]], { alt: "" }).addTo(map);
    }
  }

  function entry(place) {
    const words = document.createElement("p");
    const link = document.createElement("a");
    link.href = place.url;
    link.lang = place.lang;
    link.textContent = place.title;
    words.append(link);
    if (place.place) {
      words.append(document.createElement("br"), place.place);
    }
    return words;
  }

  // Several places can lie on one point: they share a marker.
  function byPoint(places) {
    const points = new Map();
    for (const place of places) {
      const key = `${place.lat} ${place.lon}`;
      points.set(key, [...(points.get(key) || []), place]);
    }
    return [...points.values()];
  }

  function draw(box) {
    const places = JSON.parse(document.getElementById(box.dataset.places).textContent);
    const canvas = box.querySelector(".map__canvas");
    const tiled = Boolean(box.dataset.tiles);
    box.dataset.drawn = "";
    canvas.hidden = false;
    const map = L.map(canvas, {
      attributionControl: tiled,
      // Plain degrees on our own ground, the tiles' projection on tiles.
      crs: tiled ? L.CRS.EPSG3857 : L.CRS.EPSG4326,
      // Roomy, so that a popup near the edge can be moved into view.
      maxBounds: [[-140, -280], [140, 280]],
      maxZoom: tiled ? 18 : 6,
      scrollWheelZoom: false,
      zoomControl: false,
      zoomSnap: 0.25,
    });
    L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
    addGround(map, box);
    const icon = L.divIcon({ className: "map__marker", iconSize: [18, 18], popupAnchor: [0, -8] });
    const bounds = L.latLngBounds([]);
    for (const group of byPoint(places)) {
      const at = [group[0].lat, group[0].lon];
      const title = group.map((place) => place.title).join(", ");
      const words = document.createElement("div");
      words.append(...group.map(entry));
      bounds.extend(at);
      L.marker(at, { icon, title, alt: title }).addTo(map).bindPopup(words, { closeButton: false, minWidth: 180 });
    }
    if (bounds.getNorthEast().equals(bounds.getSouthWest())) {
      map.setView(bounds.getCenter(), tiled ? 9 : 3);
    } else {
      map.fitBounds(bounds.pad(0.2), { maxZoom: tiled ? 9 : 4 });
    }
    box.querySelector("details").open = false;
  }

  document.querySelectorAll("[data-map]:not([data-drawn])").forEach(draw);
})();
