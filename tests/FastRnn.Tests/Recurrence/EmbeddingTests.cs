using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Recurrence;

/// <summary>A matrix times a one-hot vector is a column of the matrix: an embedding copies what a product would compute.</summary>
public sealed class EmbeddingTests
{
    [Fact]
    public void An_embedding_has_the_bits_of_a_matrix_times_one_hot_vectors()
    {
        const int Vocabulary = 7, Size = 5, Hidden = 6;
        foreach (var width in TestWidths.All)
        {
            var copied = new CopiedRow(1, width);
            var product = new MultipliedRow(1, width);
            using (var edit = product.Edit())
            {
                for (var token = 0; token < Vocabulary; token++)
                {
                    for (var i = 0; i < Size; i++)
                        edit.Parameter(0, "W")[(i * Vocabulary) + token] = copied.Parameters[(token * Size) + i];
                }

                edit.Parameter(0, "b").Clear();
                foreach (var name in (string[])["W", "U", "b"])
                    copied.Parameter(0, name).CopyTo(edit.Parameter(1, name));
            }

            using var one = new Session<CopiedRow>(copied);
            using var other = new Session<MultipliedRow>(product);
            var (got, expected) = (new float[Hidden], new float[Hidden]);
            foreach (var token in (int[])[3, 0, 6, 6, 1])
            {
                var oneHot = new float[Vocabulary];
                oneHot[token] = 1;
                one.Step(token, got);
                other.Step(oneHot, expected);
                Assert.Equal(expected, got);
            }
        }
    }
}
