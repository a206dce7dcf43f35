// Somebody else's client of transparency logs reads our journal: golang.org/x/mod/sumdb verifies the checkpoint's
// signature (note) and, over our tiles, the inclusion of every entry and the continuation of every size asked for (tlog).
//
// usage: log_client FOLDER VERIFIER_KEY [OLDER_CHECKPOINT]
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

func fail(where string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", where, err)
		os.Exit(1)
	}
}

func openCheckpoint(path string, key string) tlog.Tree {
	signed, err := os.ReadFile(path)
	fail("checkpoint", err)
	verifier, err := note.NewVerifier(key)
	fail("verifier key", err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	fail("note", err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	fail("size", err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	fail("root", err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

// Tiles of a folder, for tlog.TileHashReader, which believes none that does not lead to the tree's hash.
type folder string

func (f folder) Height() int { return 8 }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		data[i] = content
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) entries(size int64) [][]byte {
	var all [][]byte
	for first := int64(0); first < size; first += width {
		tile := tlog.Tile{H: 8, L: 0, N: first / width, W: width}
		if size-first < width {
			tile.W = int(size - first)
		}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(string(f), path))
		fail("bundle", err)
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	return all
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: log_client FOLDER VERIFIER_KEY [OLDER_CHECKPOINT]")
		os.Exit(2)
	}
	f := folder(os.Args[1])
	tree := openCheckpoint(filepath.Join(os.Args[1], "checkpoint"), os.Args[2])
	hashes := tlog.TileHashReader(tree, f)
	entries := f.entries(tree.N)
	if int64(len(entries)) != tree.N {
		fail("bundles", fmt.Errorf("%d entries of %d", len(entries), tree.N))
	}
	for i, entry := range entries {
		proof, err := tlog.ProveRecord(tree.N, int64(i), hashes)
		fail("proof of inclusion", err)
		fail("inclusion", tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), tlog.RecordHash(entry)))
	}
	if len(os.Args) > 3 {
		older := openCheckpoint(os.Args[3], os.Args[2])
		proof, err := tlog.ProveTree(tree.N, older.N, hashes)
		fail("proof of continuation", err)
		fail("continuation", tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
	}
	fmt.Printf("%d entries are included\n", tree.N)
}
