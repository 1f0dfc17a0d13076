using System.CommandLine;

using FastRnn.Cells;
using FastRnn.Cli.Gradients;

namespace FastRnn.Cli.Commands;

/// <summary><c>gradcheck</c>: every built-in cell's gradients, from the kernels of every width of this CPU, against the
/// equations.</summary>
internal static class GradcheckCommand
{
    // Some seeds silence a whole layer of ReLUs, which would check nothing.
    private const int Seed = 2;

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "gradcheck", "Compares the gradients of every cell with finite differences on its equations in double.");
        command.SetAction(_ =>
        {
            const string What = "gradients of parameters, input and first states";
            terminal.Line($"Two layers and a dense one, {GradientProblem.Steps} steps, batch of {GradientProblem.Batch}; {What}.");
            terminal.Line($"{"cell",-16} {"kernels",-8} {"worst error",12} {"bound",10}  where");
            var good = Check(nameof(Elman), false, width => new CheckedElman(Seed, width), terminal);
            good &= Check(nameof(ElmanRelu), true, width => new CheckedElmanRelu(Seed, width), terminal);
            good &= Check(nameof(ElmanSigmoid), false, width => new CheckedElmanSigmoid(Seed, width), terminal);
            good &= Check(nameof(ElmanBiasFree), false, width => new CheckedElmanBiasFree(Seed, width), terminal);
            good &= Check(nameof(Irnn), true, width => new CheckedIrnn(Seed, width), terminal);
            good &= Check(nameof(IndRnn), true, width => new CheckedIndRnn(Seed, width), terminal);
            good &= Check(nameof(Jordan), false, width => new CheckedJordan(Seed, width), terminal);
            good &= Check(nameof(JordanSigmoid), false, width => new CheckedJordanSigmoid(Seed, width), terminal);
            good &= Check(nameof(Lstm), false, width => new CheckedLstm(Seed, width), terminal);
            good &= Check(nameof(PeepholeLstm), false, width => new CheckedPeepholeLstm(Seed, width), terminal);
            good &= Check(nameof(CoupledLstm), false, width => new CheckedCoupledLstm(Seed, width), terminal);
            good &= Check(nameof(ProjectedLstm), false, width => new CheckedProjectedLstm(Seed, width), terminal);
            good &= Check(nameof(LayerNormLstm), false, width => new CheckedLayerNormLstm(Seed, width), terminal);
            good &= Check(nameof(Gru), false, width => new CheckedGru(Seed, width), terminal);
            good &= Check(nameof(GruResetBefore), false, width => new CheckedGruResetBefore(Seed, width), terminal);
            good &= Check(nameof(MinimalGatedUnit), false, width => new CheckedMinimalGatedUnit(Seed, width), terminal);
            return terminal.Interrupt.IsCancellationRequested ? ExitCodes.Interrupted
                : good ? ExitCodes.Success
                : throw CommandException.Failed("a gradient is wrong");
        });
        return command;
    }

    private static bool Check<TModel>(string cell, bool hasKinks, Func<SimdWidth, TModel> create, Terminal terminal)
        where TModel : class, IModel<TModel>
    {
        if (terminal.Interrupt.IsCancellationRequested)
        {
            return true;
        }

        var problem = new GradientProblem(TModel.Info, Seed);
        var expected = TrueGradients.Of(problem, hasKinks);
        var good = true;
        foreach (var width in SimdWidths.Available.Intersect(TModel.Info.Widths))
        {
            using var model = create(width);
            var error = GradientError.Worst(expected, KernelGradients.Of(problem, model));
            var isGood = error.Relative <= problem.Bound;
            good &= isGood;
            var where = error.Name + (isGood ? "" : "  WRONG");
            terminal.Line($"{cell,-16} {(int)width,4} bit {error.Relative,12:0.00e-0} {problem.Bound,10:0.0e-0}  {where}");
        }

        return good;
    }
}
