using System.CommandLine;

namespace FastRnn.Cli.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Create(Terminal terminal) =>
        new("FastRnn: recurrent networks whose cells are equations.")
        {
            TrainCommand.Create(terminal),
            SearchCommand.Create(terminal),
            SampleCommand.Create(terminal),
            PredictCommand.Create(terminal),
            InfoCommand.Create(terminal),
            BenchCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ImportCommand.Create(terminal),
            RunCommand.Create(terminal),
            ExportCommand.Create(terminal),
            GradcheckCommand.Create(terminal),
            GradflowCommand.Create(terminal),
        };
}
