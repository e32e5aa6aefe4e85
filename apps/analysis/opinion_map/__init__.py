"""The mathematics of the opinion map: from votes to a story, to places of readers, to what statements say of sides."""
