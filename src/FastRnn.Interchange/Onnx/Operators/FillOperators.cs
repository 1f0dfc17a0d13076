using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>Operators that make tensors, or change the type of their numbers.</summary>
internal static class FillOperators
{
    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.One("Constant", 0, 0, Constant, "value", "value_float", "value_floats", "value_int", "value_ints"),
        Operator.One("ConstantOfShape", 1, 1, ConstantOfShape, "value"),
        Operator.One("Range", 3, 3, Range, "stash_type"),
        Operator.One("Cast", 1, 1, Cast, "to", "saturate", "round_mode"),
        Operator.One("CastLike", 2, 2, call => To(call, call[1].Type), "saturate", "round_mode"),
    ];

    private static Tensor Constant(NodeCall call)
    {
        var attributes = call.Attributes;
        if (attributes.Names.Count != 1)
            throw call.Wrong($"expected one value, got [{string.Join(", ", attributes.Names)}]");
        if (attributes.Tensor("value") is { } file)
        {
            call.Reserve(file.Count);
            return Tensor.Of(file);
        }

        if (attributes.Has("value_float"))
            return call.New([], [attributes.Number("value_float", 0)], ElementType.Float32);
        if (attributes.Has("value_int"))
            return call.New([], [attributes.Integer("value_int", 0)], ElementType.Int64);
        if (attributes.Numbers("value_floats") is { } numbers)
            return call.New([numbers.Count], [.. numbers], ElementType.Float32);
        var integers = attributes.Integers("value_ints") ?? [];
        return call.New([integers.Count], [.. integers.Select(i => (double)i)], ElementType.Int64);
    }

    private static Tensor ConstantOfShape(NodeCall call)
    {
        var value = call.Attributes.Tensor("value");
        if (value is { Count: not 1 })
            throw call.Wrong($"expected one number, got {value.ShapeText()}");
        var result = call.New([.. call.Integers(0).Select(call.Size)], value?.Type ?? ElementType.Float32);
        if (value is not null)
            Array.Fill(result.Values, value[0]);
        return result;
    }

    private static Tensor Range(NodeCall call)
    {
        var (start, limit, delta) = (call.Scalar(0), call.Scalar(1), call.Scalar(2));
        var count = Math.Max(0, Math.Ceiling((limit - start) / delta));
        if (!double.IsFinite(count))
            throw call.Wrong($"from {start} to {limit} by {delta}");
        var result = call.New([call.Size((long)count)], call[0].Type);
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = start + (i * delta);
        return result;
    }

    private static Tensor Cast(NodeCall call)
    {
        var to = call.Attributes.Integer("to", 0);
        return To(call, OnnxTensorReader.TypeOf(to) ?? throw call.Wrong($"{OnnxTensorReader.TypeText(to)} is not computed with"));
    }

    private static Tensor To(NodeCall call, ElementType type)
    {
        var x = call[0];
        var result = call.New(x.Shape, type);
        for (var i = 0; i < result.Count; i++)
            result.Values[i] = Numbers.Wrap(x.Values[i], type);
        return result;
    }
}
