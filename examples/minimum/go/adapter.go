// The least that speaks protocol 1: it introduces itself, and has files that nobody wrote yet.
package main

import (
	"bufio"
	"encoding/json"
	"os"
)

type fields map[string]any

var hello = fields{
	"protocol": 1, "name": "minimum-go", "version": "0", "profile": "linux-6.1",
	"capabilities": []string{"sysfs"}, "observes": []string{}, "order": "total", "clock": "virtual",
}

// The methods of the protocol by their names; what the kernel would refuse is an answer, too.
var machine = map[string]func(params fields) fields{
	"hello": func(fields) fields { return hello },
	"reset": func(fields) fields { return fields{"ret": 0} },
	"write": func(fields) fields { return fields{"errno": "ENOENT"} },
	"read":  func(fields) fields { return fields{"errno": "ENOENT"} },
	"bye":   func(fields) fields { return fields{"ret": 0} },
}

func main() {
	lines, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var request struct {
			ID     int    `json:"id"`
			Method string `json:"method"`
			Params fields `json:"params"`
		}
		line, err := lines.ReadBytes('\n')
		if err != nil || json.Unmarshal(line, &request) != nil {
			return
		}
		response := fields{"jsonrpc": "2.0", "id": request.ID}
		if call, ok := machine[request.Method]; ok {
			result := fields{"events": []any{}}
			for name, value := range call(request.Params) {
				result[name] = value
			}
			response["result"] = result
		} else {
			response["error"] = fields{"code": -32601, "message": "no method " + request.Method}
		}
		if out.Encode(response) != nil {
			return
		}
	}
}
