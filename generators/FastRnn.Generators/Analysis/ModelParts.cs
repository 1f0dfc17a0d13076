using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A model's list, cut into what an encoder reads and the main part, each from its input on.</summary>
/// <param name="Encoder">Null if there is none.</param>
/// <param name="Decoder">Null if there is none.</param>
/// <param name="Before">What stands before the encoder: nothing, in a model that is right.</param>
/// <param name="Source">The encoder's list.</param>
/// <param name="Main">The decoder's list, or the whole model's.</param>
internal sealed record ModelParts(
    EncoderSpec? Encoder, DecoderSpec? Decoder,
    IReadOnlyList<AttributeSpec> Before, IReadOnlyList<AttributeSpec> Source, IReadOnlyList<AttributeSpec> Main)
{
    public static ModelParts Of(ModelSpec model)
    {
        var items = model.Attributes.Where(item => item is not (PyTorchSpec or WeightsSpec)).ToList();
        var encoder = items.FindIndex(item => item is EncoderSpec);
        var decoder = items.FindIndex(item => item is DecoderSpec);
        return encoder < 0 || decoder < encoder
            ? new(model.Attributes.OfType<EncoderSpec>().FirstOrDefault(), model.Attributes.OfType<DecoderSpec>().FirstOrDefault(), [], [],
                items)
            : new(
                (EncoderSpec)items[encoder], (DecoderSpec)items[decoder], items.Take(encoder).ToList(),
                items.Skip(encoder + 1).Take(decoder - encoder - 1).ToList(), items.Skip(decoder + 1).ToList());
    }

    /// <summary>A last step that is pooled can as well be pooled before a dropout as after it: then it is still known which layer it is
    /// of.</summary>
    public static IReadOnlyList<AttributeSpec> PoolFirst(IReadOnlyList<AttributeSpec> items)
    {
        var moved = items.ToList();
        for (var i = moved.FindIndex(item => item is PoolSpec { Pooling: Pooling.Last }); i > 0 && moved[i - 1] is DropoutSpec; i--)
        {
            (moved[i - 1], moved[i]) = (moved[i], moved[i - 1]);
        }

        return moved;
    }
}
