using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>What an operator sees of the node that is evaluated.</summary>
internal sealed class NodeCall(OnnxNode node, IReadOnlyList<Tensor?> inputs, int opset, EvaluationBudget budget)
{
    private const int MostDimensions = OnnxTensorReader.MostDimensions;

    /// <summary>Elements that were allocated.</summary>
    public long Allocated { get; private set; }

    public int Opset => opset;

    public OnnxAttributes Attributes => node.Attributes;

    public int InputCount => inputs.Count;

    public int OutputCount => node.Outputs.Count;

    /// <summary>Whether somebody reads an output.</summary>
    public bool Wants(int output) => output < node.Outputs.Count && node.Outputs[output].Length > 0;

    /// <summary>An input that must be there.</summary>
    public Tensor this[int index] => Find(index) ?? throw Wrong($"input {index} is left out");

    /// <summary>An input that may be left out.</summary>
    public Tensor? Find(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>A new tensor of zeros.</summary>
    public Tensor New(int[] shape, ElementType type)
    {
        if (shape.Length > MostDimensions)
            throw Wrong($"expected at most {MostDimensions} dimensions, got {shape.Length}");
        Reserve(Tensor.CountOf(shape));
        return new Tensor(shape, type);
    }

    /// <summary>A new tensor of few numbers.</summary>
    public Tensor New(int[] shape, double[] values, ElementType type)
    {
        Reserve(values.Length);
        return new Tensor(shape, values, type);
    }

    /// <summary>Counts elements that the operator is about to allocate itself.</summary>
    public void Reserve(long count)
    {
        budget.Take(count);
        Allocated += count;
    }

    /// <summary>Counts work beyond one operation for each new element.</summary>
    public void Spend(long operations) => budget.Spend(operations);

    /// <summary>Integers of an input of one dimension, or of none.</summary>
    public long[] Integers(int index)
    {
        var tensor = this[index];
        if (tensor.Rank > 1 || tensor.Type is not (ElementType.Int64 or ElementType.Int32))
            throw Wrong($"input {index}: expected a list of integers, got {tensor.Type} {tensor.ShapeText()}");
        return [.. tensor.Values.Select(v => (long)v)];
    }

    /// <summary>Integers that were an attribute in older opsets and are an input in newer ones; null where they are left out.</summary>
    public long[]? Integers(string attribute, int input, int inputSince)
    {
        if (opset >= inputSince ? Attributes.Has(attribute) : inputs.Count > input)
            throw Wrong($"'{attribute}' is an {(opset >= inputSince ? "input" : "attribute")} in opset {opset}");
        return opset < inputSince ? Attributes.Integers(attribute)?.ToArray() : Find(input) is null ? null : Integers(input);
    }

    /// <summary>The only number of an input.</summary>
    public double Scalar(int index) => this[index].Count == 1
        ? this[index].Values[0]
        : throw Wrong($"input {index}: expected one number, got {this[index].ShapeText()}");

    /// <summary>A dimension by its number, which counts from the end where it is negative.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Wrong($"axis {axis}: expected {-rank} to {rank - 1}");

    /// <summary>Different dimensions by their numbers.</summary>
    public int[] Axes(IEnumerable<long> axes, int rank)
    {
        int[] found = [.. axes.Select(a => Axis(a, rank))];
        return found.Distinct().Count() == found.Length ? found : throw Wrong($"axes {ListText(found)}: one of them twice");
    }

    /// <summary>A size of a dimension.</summary>
    public int Size(long size) =>
        size >= 0 && size <= Array.MaxLength ? (int)size : throw Wrong($"a dimension of {size} cannot be");

    /// <summary>A list for messages, cut where it is long: <c>[1, 2]</c>.</summary>
    public static string ListText<T>(IReadOnlyList<T> list) =>
        $"[{string.Join(", ", list.Take(MostDimensions))}{(list.Count > MostDimensions ? ", .." : "")}]";

    /// <summary>An error of this node.</summary>
    public ForeignFileException Wrong(string what) => new($"{node.Place}: {what}");
}
