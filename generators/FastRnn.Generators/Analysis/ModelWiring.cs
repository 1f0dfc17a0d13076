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

    /// <summary>The layers, or what was made of them before something was found to be wrong.</summary>
    public LayerTable Build()
    {
        var (start, memory) = parts.Encoder is null ? (StartPlan.Own, null) : Encoder();
        if (problems.Any(p => p.IsError))
        {
            return table;
        }

        var input = parts.Main.OfType<InputSpec>().First();
        var main = new Flow(WiringGraph.MainInput, InputSize(input), "Main");
        var condition = parts.Main.OfType<ConditionSpec>().FirstOrDefault();
        var given = condition is null ? null : new Flow(WiringGraph.ConditionInput, condition.Size, "Single");
        if (condition?.Target == "FirstInput")
        {
            var added = table.Dense(given!, main.Size, "Linear", "condition.{0}", condition.Place);
            main = table.Operation("AddFirst", main.Size, "Main", [main, added], condition.Place);
        }
        else if (condition is not null)
        {
            start = new("Layer", [], given, "condition");
        }

        var recurrent = new RecurrentWiring(table, resolve, start, problems);
        new PartWiring(table, recurrent, ModelParts.PoolFirst(parts.Main), parts.Encoder is null ? "" : "decoder.", memory, problems)
            .Run(main);
        if (!problems.Any(p => p.IsError))
        {
            problems.AddRange(table.Prune().Select(place => Problem.Of(Descriptors.Unread, place, "this layer")));
        }

        return table;
    }

    public static int InputSize(InputSpec input) => input.Attribute == "OneHot" ? input.Vocabulary : input.Size;

    private (StartPlan Start, Flow Memory) Encoder()
    {
        var input = parts.Source.OfType<InputSpec>().First();
        var source = new Flow(WiringGraph.SourceInput, InputSize(input), "Source");
        if (input.Attribute == "Embedding")
        {
            source = table.Operation(
                "Embedding", input.Size, "Source", [source], input.Place, new ParameterSpec("weight", "Input", "Hidden", "Normal", 1),
                input.Vocabulary, format: "encoder.embedding.{0}");
        }

        var recurrent = new RecurrentWiring(table, resolve, StartPlan.Own, problems);
        var memory = new PartWiring(table, recurrent, parts.Source, "encoder.", null, problems).Run(source);
        switch (parts.Decoder!.Handover)
        {
            case "States":
                HandoverChecks.States(parts, recurrent.Kernels, resolve, problems);
                return (new("LastState", recurrent.Kernels, null, ""), memory);
            case "Bridge":
                return (new("Layer", [], recurrent.Last(parts.Decoder.Place), "bridge"), memory);
            default:
                return (StartPlan.Own, memory);
        }
    }
}
