using System.CommandLine;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Learning;

var root = new RootCommand("Benchmarks of FastRnn.") { PeersCommand.Create(), LearnCommand.Create() };
return root.Parse(args).Invoke();
