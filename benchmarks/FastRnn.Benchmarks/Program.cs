using System.CommandLine;

using FastRnn.Benchmarks.Activations;
using FastRnn.Benchmarks.Cells;
using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Costs;
using FastRnn.Benchmarks.Embedded;
using FastRnn.Benchmarks.Formats;
using FastRnn.Benchmarks.Growth;
using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Micro;
using FastRnn.Benchmarks.Peers.Check;
using FastRnn.Benchmarks.Ranks;
using FastRnn.Benchmarks.Starts;
using FastRnn.Benchmarks.Timeline;

// Before anything else: in a child, every millisecond is counted.
if (FirstStep.Handles(args) || FirstPrediction.Handles(args) || TrainingMemory.Handles(args) || CompiledStart.Handles(args))
{
    return 0;
}

var root = new RootCommand("Benchmarks of FastRnn.")
{
    PeersCommand.Create(), GrowthCommand.Create(), CostsCommand.Create(), LearnCommand.Create(), CellsCommand.Create(),
    PeersSelfCheckCommand.Create(), ActivationsCommand.Create(), MicroCommand.Create(), EmbeddedCommand.Create(), StartsCommand.Create(),
    FormatsCommand.Create(), TimelineCommand.Create(), CompileCommand.Create(), RanksCommand.Create(), RankStepsCommand.Create(),
};
return root.Parse(args).Invoke();
