using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Makes the network of an evaluated graph: the chain that ends in the main output, and what the other inputs and outputs are
/// around it.</summary>
/// <param name="run">The evaluation.</param>
/// <param name="inputs">The inputs.</param>
internal sealed class NetworkBuilder(GraphRun run, GraphInputs inputs)
{
    private Findings Findings => run.Findings;

    /// <summary>The network; null if there is any problem.</summary>
    public Network? Build()
    {
        var (main, states) = Outputs();
        if (main is null)
            return null;

        var (stage, view) = ChainData.Of(Place(main.Value.Name), main.Value.View);
        var path = stage.Path();
        if (path.All(s => s.Layer is not RecurrentLayer))
            Findings.Problem("the graph has no recurrent layer on the way to its output");
        if (path.SkipLast(1).FirstOrDefault(s => s.Layer is SoftmaxLayer) is { } softmax)
            Findings.Problem($"'{softmax.Layer!.Name}': a softmax is understood only as the last layer");
        if (run.ReadsLengths && path.Any(s => s.Layer is RecurrentLayer && !s.HasLengths))
            Findings.Problem("some recurrent layers read the lengths of the sequences, others do not");
        else if (inputs.Lengths is not null && !run.ReadsLengths)
            Findings.Problem($"the input '{inputs.Lengths.Name}' reaches no sequence_lens of a recurrent layer");

        var ports = new PortBuilder(run, path);
        var output = ports.Output(main.Value.Name, stage, view);
        var signature = new Signature(ports.Input(inputs.Main.Name), new TensorPort(main.Value.Name, output.Axes))
        {
            Lengths = run.ReadsLengths ? new TensorPort(inputs.Lengths!.Name, [Axis.Batch]) : null,
            Unused = inputs.Unused,
            FirstStates = ports.FirstStates(),
            FinalStates = [.. states.Select(s => ports.FinalState(s.Name, s.View)).OfType<StatePort>()],
            OutputReversed = output.IsReversed,
            Steps = run.Sizes.Fixed(Axis.Time),
            Batch = run.Sizes.Fixed(Axis.Batch),
        };
        var hasTokens = path.Count > 0 && path[0].Layer is EmbeddingLayer;
        return Findings.Problems.Count > 0
            ? null
            : new Network(Merged(path.Select(s => s.Layer!)), hasTokens ? 0 : stage.Root.FeatureSize, signature);
    }

    internal static string Place(string output) => $"output '{output}'";

    private ((string Name, Symbol View)? Main, List<(string Name, Symbol View)> States) Outputs()
    {
        var (mains, states) = (new List<(string Name, Symbol View)>(), new List<(string Name, Symbol View)>());
        foreach (var output in run.Model.Outputs)
        {
            if (run[output.Name] is not Symbol symbol)
            {
                if (run[output.Name] is ConstantValue)
                    Findings.Problem($"{Place(output.Name)} does not depend on the data");
                else if (Findings.Problems.Count == 0)
                    Findings.Problem($"{Place(output.Name)} is not understood");
                continue;
            }

            Declared(output, symbol);
            symbol = FinalSteps.Rewrite(symbol);
            if (symbol.Source is StateInput)
                Findings.Problem($"{Place(output.Name)} is {symbol.Source.Description}, unchanged");
            else
                (symbol.Source is ChainStage ? mains : states).Add((output.Name, symbol));
        }

        // A graph whose only outputs are last states: the first one is what the network puts out.
        if (mains.Count == 0 && states.FindIndex(s => s.View.Source is FinalState { IsCell: false }) is var first and >= 0)
        {
            mains.Add(states[first]);
            states.RemoveAt(first);
        }

        foreach (var (name, view) in mains.Skip(1))
        {
            var shape = run.Model.Outputs.First(o => o.Name == name).ShapeText();
            Findings.Problem($"{Place(name)} {shape} is {view.Source.Description}: expected one output of the chain, '{mains[0].Name}', "
                + "and last states: export a model of each output");
        }

        return (mains.Count > 0 ? mains[0] : null, states);
    }

    private void Declared(OnnxValue output, Symbol symbol)
    {
        for (var i = 0; i < symbol.Rank && i < output.Shape?.Count; i++)
        {
            if (output.Shape[i].Size is { } size && size != symbol.Shape[i])
                Findings.Assume($"the file says that dimension {i} of '{output.Name}' is {size}; its nodes make any size");
        }
    }

    // A function right behind a dense layer is the layer's function.
    private static List<NetworkLayer> Merged(IEnumerable<NetworkLayer> layers)
    {
        var merged = new List<NetworkLayer>();
        foreach (var layer in layers)
        {
            if (layer is FunctionLayer function && merged.LastOrDefault() is DenseLayer { Function.Kind: FunctionKind.Identity } dense)
                merged[^1] = dense with { Function = function.Function };
            else
                merged.Add(layer);
        }

        return merged;
    }
}
