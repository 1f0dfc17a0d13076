using FastRnn.CompilerServices;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>From the list of a model to layers that say what they read.</summary>
/// <param name="parts">The list.</param>
/// <param name="resolve">The cell of a layer.</param>
/// <param name="problems">What is wrong.</param>
internal sealed class ModelWiring(ModelParts parts, Func<LayerSpec, CellGraph> resolve, List<Problem> problems)
{
    private readonly LayerTable table = new();

    /// <summary>The outputs of each head, when all is built.</summary>
    public IReadOnlyList<int> HeadSizes { get; private set; } = [];

    /// <summary>The layers, or what was made of them before something was found to be wrong.</summary>
    public LayerTable Build()
    {
        var (start, memory) = parts.Encoder is null ? (StartPlan.Own, null) : Encoder();
        if (problems.Any(p => p.IsError))
        {
            return table;
        }

        var main = new Flow(WiringGraph.MainInput, InputGraph.Together(InputGraph.Of(parts.Main)).Size, TimeDomain.Main);
        var condition = parts.Main.OfType<ConditionSpec>().FirstOrDefault();
        var given = condition is null ? null : new Flow(WiringGraph.ConditionInput, condition.Size, TimeDomain.Single);
        if (condition?.Target == ConditionTarget.FirstInput)
        {
            var added = table.Dense(given!, main.Size, DenseActivation.Linear, "condition.{0}", condition.Place);
            main = table.Operation(LayerOperation.AddFirst, main.Size, TimeDomain.Main, [main, added], condition.Place);
        }
        else if (condition is not null)
        {
            start = new(StartKind.Layer, [], given, "condition");
        }

        var fed = parts.Decoder is { InputFeeding: true } ? parts.Fed : null;
        if (fed is not null)
        {
            // What is read beside the input is not there yet: for now it is the input itself.
            main = table.Operation(
                LayerOperation.Concat, checked(main.Size + fed.Size), TimeDomain.Main, [main, main], parts.Decoder!.FeedingPlace);
        }

        var recurrent = new RecurrentWiring(table, resolve, start, problems);
        var prefix = parts.Encoder is null ? "" : "decoder.";
        var part = new PartWiring(table, recurrent, ModelParts.PoolFirst(parts.Main), prefix, memory, problems) { Fed = fed };
        var trunk = part.Run(main);
        if (fed is not null)
        {
            table.FeedBack(main, part.FedOutput!);
        }

        Heads(trunk, recurrent, prefix);
        if (!problems.Any(p => p.IsError))
        {
            problems.AddRange(table.Prune().Select(place => Problem.Of(Descriptors.Unread, place, "this layer")));
        }

        return table;
    }

    /// <summary>Each head from what stands before all of them; their outputs, one behind the other.</summary>
    private void Heads(Flow trunk, RecurrentWiring recurrent, string prefix)
    {
        var outputs = parts.Heads.Select(head => new PartWiring(
            table, recurrent, ModelParts.PoolFirst(head.Layers), $"{prefix}{head.Output.Name}.", null, problems).Run(trunk)).ToList();
        HeadSizes = outputs.Select(output => output.Size).ToList();
        if (outputs.Count > 1)
        {
            var size = outputs.Aggregate(0L, (sum, output) => sum + output.Size);
            if (size > SizeChecks.MaxSize)
            {
                problems.Add(Problem.Of(
                    Descriptors.Outputs, parts.Heads[0].Output.Place,
                    $"all of them together have {size} outputs, and a model has at most {SizeChecks.MaxSize}"));
                return;
            }

            table.Operation(LayerOperation.Concat, (int)size, outputs[0].Domain, outputs, parts.Heads[0].Output.Place);
        }
    }

    private (StartPlan Start, Flow Memory) Encoder()
    {
        var input = parts.Source.OfType<InputSpec>().First();
        var (kind, size, _) = InputGraph.Together(InputGraph.Of(parts.Source));
        var source = new Flow(WiringGraph.SourceInput, size, TimeDomain.Source);
        if (kind == InputKind.Embedding)
        {
            source = table.Operation(
                LayerOperation.Embedding, input.Size, TimeDomain.Source, [source], input.Place,
                new ParameterSpec("weight", "Input", "Hidden", Initializer.Normal, 1), input.Vocabulary, format: "encoder.embedding.{0}");
        }

        var recurrent = new RecurrentWiring(table, resolve, StartPlan.Own, problems);
        var memory = new PartWiring(table, recurrent, parts.Source, "encoder.", null, problems).Run(source);
        switch (parts.Decoder!.Handover)
        {
            case Handover.States:
                HandoverChecks.States(parts, recurrent.Kernels, resolve, problems);
                return (new(StartKind.LastState, recurrent.Kernels, null, ""), memory);
            case Handover.Bridge:
                return (new(StartKind.Layer, [], recurrent.Last(parts.Decoder.Place), "bridge"), memory);
            default:
                return (StartPlan.Own, memory);
        }
    }
}
