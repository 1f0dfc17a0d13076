using System.CommandLine;

using FastRnn.Benchmarks.Learning;

var root = new RootCommand("Benchmarks of FastRnn.") { LearnCommand.Create() };
return root.Parse(args).Invoke();
