using System.CommandLine;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Peers.Check;

var root = new RootCommand("Benchmarks of FastRnn.") { PeersCommand.Create(), LearnCommand.Create(), PeersSelfCheckCommand.Create() };
return root.Parse(args).Invoke();
