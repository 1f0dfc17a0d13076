using System.CommandLine;

using FastRnn.Cells;
using FastRnn.Cli.Gradients;
using FastRnn.Diagnostics;

namespace FastRnn.Cli.Commands;

/// <summary><c>gradcheck</c>: every built-in cell's gradients, from the kernels of every width of this CPU, against the
/// equations.</summary>
internal static class GradcheckCommand
{
    // Some seeds silence a whole layer of ReLUs, which would check nothing.
    private const int Seed = 2;

    private static readonly GradientCheckOptions Options = new() { Seed = Seed };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "gradcheck", "Compares the gradients of every cell with finite differences on its equations in double.");
        command.SetAction(_ =>
        {
            const string What = "gradients of parameters, input and first states";
            terminal.Line($"Two layers and a dense one, {Options.Sequences} sequences of up to {Options.Steps} steps; {What}.");
            terminal.Line($"{"cell",-16} {"kernels",-8} {"worst error",12} {"bound",10}  where");
            var good = Check<CheckedElman>(nameof(Elman), terminal);
            good &= Check<CheckedElmanRelu>(nameof(ElmanRelu), terminal);
            good &= Check<CheckedElmanSigmoid>(nameof(ElmanSigmoid), terminal);
            good &= Check<CheckedElmanBiasFree>(nameof(ElmanBiasFree), terminal);
            good &= Check<CheckedIrnn>(nameof(Irnn), terminal);
            good &= Check<CheckedIndRnn>(nameof(IndRnn), terminal);
            good &= Check<CheckedJordan>(nameof(Jordan), terminal);
            good &= Check<CheckedJordanSigmoid>(nameof(JordanSigmoid), terminal);
            good &= Check<CheckedLstm>(nameof(Lstm), terminal);
            good &= Check<CheckedPeepholeLstm>(nameof(PeepholeLstm), terminal);
            good &= Check<CheckedCoupledLstm>(nameof(CoupledLstm), terminal);
            good &= Check<CheckedProjectedLstm>(nameof(ProjectedLstm), terminal);
            good &= Check<CheckedLayerNormLstm>(nameof(LayerNormLstm), terminal);
            good &= Check<CheckedGru>(nameof(Gru), terminal);
            good &= Check<CheckedGruResetBefore>(nameof(GruResetBefore), terminal);
            good &= Check<CheckedMinimalGatedUnit>(nameof(MinimalGatedUnit), terminal);
            return terminal.Interrupt.IsCancellationRequested ? ExitCodes.Interrupted
                : good ? ExitCodes.Success
                : throw CommandException.Failed("a gradient is wrong");
        });
        return command;
    }

    private static bool Check<TModel>(string cell, Terminal terminal)
        where TModel : class, IModel<TModel>
    {
        var good = true;
        foreach (var width in SimdWidths.Available.Intersect(TModel.Info.Widths))
        {
            if (terminal.Interrupt.IsCancellationRequested)
            {
                return good;
            }

            var result = GradientCheck.Run<TModel>(Options with { Width = width });
            good &= result.IsRight;
            var where = result.Parameter + (result.Index is { } index ? $"[{index}]" : "") + (result.IsRight ? "" : "  WRONG");
            terminal.Line($"{cell,-16} {(int)width,4} bit {result.LargestError,12:0.00e-0} {result.Tolerance,10:0.0e-0}  {where}");
        }

        return good;
    }
}
