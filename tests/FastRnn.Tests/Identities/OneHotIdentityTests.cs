using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Reading one column is the same as multiplying by a one-hot vector, to the last bit.</summary>
public sealed class OneHotIdentityTests
{
    public static TheoryData<string> Models =>
        [nameof(OneHotText), nameof(OneHotStack), nameof(OneHotRotation), nameof(OneHotTied), nameof(OneHotIntoDense)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Tokens_give_the_bits_of_one_hot_vectors(string name)
    {
        var (sparse, dense) = (TestModels.Of(name), TestModels.Of(name + "Dense"));
        var tokens = Experiment.Random(sparse.Info, steps: 7, batch: 13, seed: 10);
        var vectors = tokens.WithOneHotVectors(dense.Info);

        foreach (var width in TestWidths.All)
        {
            var expected = dense.Backpropagate(vectors, width) with { DInput = [] };
            Bits.AssertSame($"{width}", expected, sparse.Backpropagate(tokens, width));
            Bits.AssertSame($"{width}, 3 threads", expected, sparse.Backpropagate(tokens, width, threads: 3));
            Bits.AssertSame($"{width}, inference", dense.Infer(vectors, [7], width), sparse.Infer(tokens, [7], width));
        }
    }
}
