using FastRnn.CompilerServices;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Wires one part of a model, item by item.</summary>
/// <param name="table">Where its layers go.</param>
/// <param name="recurrent">Wires its recurrent layers.</param>
/// <param name="items">The part's list.</param>
/// <param name="prefix">The first part of names in a file, such as <c>encoder.</c>.</param>
/// <param name="memory">What attention looks at; null without an encoder.</param>
/// <param name="problems">What is wrong.</param>
internal sealed class PartWiring(
    LayerTable table, RecurrentWiring recurrent, IReadOnlyList<AttributeSpec> items, string prefix, Flow? memory, List<Problem> problems)
{
    private int layers;
    private int dense;
    private int attentions;

    /// <summary>The item whose output is fed back; null for none.</summary>
    public AttributeSpec? Fed { get; init; }

    /// <summary>The output of <see cref="Fed"/>.</summary>
    public Flow? FedOutput { get; private set; }

    /// <returns>The output of the part.</returns>
    public Flow Run(Flow flow)
    {
        var input = flow;
        for (var i = 0; i < items.Count; i++)
        {
            var isInput = flow == input;
            flow = items[i] switch
            {
                LayerSpec layer => recurrent.Add(layer, flow, $"{prefix}{{0}}_l{Number(layers++)}"),
                DenseSpec spec => Dense(spec, flow),
                DropoutSpec dropout => dropout.Rate == 0 ? flow : table.Same(LayerOperation.Dropout, flow, dropout.Place, dropout.Rate),
                ActivationSpec spec => Activation(spec, flow),
                ScaleSpec scale => table.Same(LayerOperation.Scale, flow, scale.Place, scale.Factor),
                SkipSpec skip => Skip(skip, flow, input),
                PoolSpec { Pooling: Pooling.Last } pool when i > 0 && items[i - 1] is LayerSpec => recurrent.Last(pool.Place),
                PoolSpec pool => table.Operation(Pool(pool.Pooling), flow.Size, TimeDomain.Single, [flow], pool.Place),
                AttentionSpec attention => Attention(attention, flow),
                _ => flow,
            };
            input = isInput && items[i] is ScaleSpec ? flow : input;
            FedOutput = ReferenceEquals(items[i], Fed) ? flow : FedOutput;
        }

        return flow;
    }

    private Flow Dense(DenseSpec spec, Flow flow)
    {
        var name = Numbered<DenseSpec>("dense", dense++);
        var activation = LossChecks.IsNormalizing(spec.Activation) ? DenseActivation.Linear : spec.Activation;
        return table.Dense(flow, spec.Size, activation, $"{prefix}{name}.{{0}}", spec.Place, spec.HasBias);
    }

    // What normalises belongs to the model; the sum of one source is a place of its own for it to be applied at.
    private Flow Activation(ActivationSpec spec, Flow flow) =>
        spec.Activation == DenseActivation.Linear ? flow
        : LossChecks.IsNormalizing(spec.Activation) ? table.Same(LayerOperation.Sum, flow, spec.Place)
        : table.Operation(LayerOperation.Activation, flow.Size, flow.Domain, [flow], spec.Place, activation: spec.Activation);

    private Flow Skip(SkipSpec spec, Flow flow, Flow input)
    {
        // Of several inputs the vector comes first, and tokens are not added to numbers.
        var numbers = items.OfType<InputSpec>().First().Size;
        if (flow.Size > numbers)
        {
            problems.Add(Problem.Of(Descriptors.Skip, spec.Place,
                $"the layer before has {Number(flow.Size)} outputs, and the input only {Number(numbers)} numbers"));
        }

        return table.Operation(LayerOperation.Skip, flow.Size, flow.Domain, [flow, input], spec.Place);
    }

    private Flow Attention(AttentionSpec spec, Flow flow)
    {
        var (query, keys, name) = (flow, memory!, prefix + Numbered<AttentionSpec>("attention", attentions++));
        if (spec.Size > 0)
        {
            query = table.Dense(flow, spec.Size, DenseActivation.Linear, name + ".query.{0}", spec.Place);
            keys = table.Dense(memory!, spec.Size, DenseActivation.Linear, name + ".keys.{0}", spec.Place, hasBias: false);
        }
        else if (query.Size != keys.Size)
        {
            problems.Add(Problem.Of(Descriptors.AttentionSize, spec.Place,
                $"the layer before has {Number(query.Size)} outputs and the encoder {Number(keys.Size)}"));
        }

        var isAdditive = spec.Score == AttentionScore.Additive;
        var context = table.Operation(
            isAdditive ? LayerOperation.AdditiveAttention : LayerOperation.DotAttention, memory!.Size, flow.Domain, [query, keys, memory],
            spec.Place, isAdditive ? new ParameterSpec("v", "Input", "", Initializer.XavierUniform, 1) : null,
            rate: isAdditive ? 0 : spec.Score == AttentionScore.ScaledDot ? 1 / Math.Sqrt(keys.Size) : 1, format: name + ".{0}");
        return table.Join(Merge.Concat, flow, context, spec.Place);
    }

    private static LayerOperation Pool(Pooling pooling) => pooling switch
    {
        Pooling.Last => LayerOperation.PoolLast,
        Pooling.Mean => LayerOperation.PoolMean,
        _ => LayerOperation.PoolMax,
    };

    private string Numbered<T>(string name, int index) => items.OfType<T>().Count() == 1 ? name : name + Number(index);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
