using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Identities;

public sealed class TrainingIdentityTests : TrainingIdentityTests<CoreModels>
{
    [Fact]
    public void A_large_model_trains_the_same_weights_on_any_number_of_threads()
    {
        var expected = Train(nameof(LargeText), new Adam(), SimdWidth.Auto, threads: 1, count: 3);
        foreach (var threads in (int[])[2, 3, 5])
            AssertSame($"{threads} threads", expected, Train(nameof(LargeText), new Adam(), SimdWidth.Auto, threads, count: 3));
    }
}
