using FastRnn.Interchange.Onnx.Proto;

using AttributeType = FastRnn.Interchange.Onnx.Proto.AttributeProto.Types.AttributeType;

namespace FastRnn.Interchange.Onnx;

/// <summary>Reads the attributes of nodes.</summary>
/// <param name="tensors">Reads tensors.</param>
/// <param name="problem">Receives what is not read.</param>
internal sealed class OnnxAttributeReader(OnnxTensorReader tensors, Action<string> problem)
{
    /// <summary>Reads all attributes of a node.</summary>
    public OnnxAttributes Read(string place, IReadOnlyCollection<AttributeProto> attributes)
    {
        var values = new Dictionary<string, object>(attributes.Count, StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (Value($"{place}: attribute '{attribute.Name}'", attribute) is { } value && !values.TryAdd(attribute.Name, value))
                throw new ForeignFileException($"{place}: attribute '{attribute.Name}' stands there twice");
        }

        return new OnnxAttributes(place, values);
    }

    private object? Value(string place, AttributeProto attribute)
    {
        switch (TypeOf(attribute))
        {
            case AttributeType.Float:
                return (double)attribute.F;
            case AttributeType.Int:
                return attribute.I;
            case AttributeType.String:
                return attribute.S.ToStringUtf8();
            case AttributeType.Floats:
                return attribute.Floats.Select(f => (double)f).ToArray();
            case AttributeType.Ints:
                return attribute.Ints.ToArray();
            case AttributeType.Strings:
                return attribute.Strings.Select(s => s.ToStringUtf8()).ToArray();
            case AttributeType.Tensor when attribute.T is { } tensor && OnnxTensorReader.TypeOf(tensor.DataType) is not null:
                return tensors.Read(place, tensor);
            case AttributeType.Tensor:
                problem($"{place}: tensors of {OnnxTensorReader.TypeText(attribute.T?.DataType ?? 0)} are not read");
                return null;
            case var other:
                problem($"{place}: attributes that are {other} are not read");
                return null;
        }
    }

    // Files of IR versions before 2 leave the type out: then it is what there is.
    private static AttributeType TypeOf(AttributeProto attribute) => attribute switch
    {
        { Type: not AttributeType.Undefined } => attribute.Type,
        { T: not null } => AttributeType.Tensor,
        { G: not null } => AttributeType.Graph,
        { Floats.Count: > 0 } => AttributeType.Floats,
        { Ints.Count: > 0 } => AttributeType.Ints,
        { Strings.Count: > 0 } => AttributeType.Strings,
        { S.Length: > 0 } => AttributeType.String,
        { F: not 0 } => AttributeType.Float,
        _ => AttributeType.Int,
    };
}
