using FastRnn.Language;

namespace FastRnn.Tests.Language;

public sealed class VecTests
{
    private static readonly Vec<Hidden> A = new(1, -2, 8), B = new(4, 5, -0.5);

    [Fact]
    public void Operators_between_vectors_work_element_by_element()
    {
        Assert.Equal([5, 3, 7.5], (A + B).ToArray());
        Assert.Equal([-3, -7, 8.5], (A - B).ToArray());
        Assert.Equal([4, -10, -4], (A * B).ToArray());
        Assert.Equal([0.25, -0.4, -16], (A / B).ToArray());
        Assert.Equal([-1, 2, -8], (-A).ToArray());
    }

    [Fact]
    public void A_number_may_stand_on_either_side()
    {
        Assert.Equal([3, 0, 10], (A + 2).ToArray());
        Assert.Equal([3, 0, 10], (2 + A).ToArray());
        Assert.Equal([-1, -4, 6], (A - 2).ToArray());
        Assert.Equal([1, 4, -6], (2 - A).ToArray());
        Assert.Equal([2, -4, 16], (A * 2).ToArray());
        Assert.Equal([2, -4, 16], (2 * A).ToArray());
        Assert.Equal([0.5, -1, 4], (A / 2).ToArray());
        Assert.Equal([2, -1, 0.25], (2 / A).ToArray());
    }

    [Fact]
    public void Different_lengths_are_refused_by_every_operator()
    {
        var shorter = new Vec<Hidden>(1, 2);
        Func<Vec<Hidden>>[] operations = [() => A + shorter, () => A - shorter, () => A * shorter, () => A / shorter];
        string[] signs = ["+", "-", "*", "/"];
        foreach (var (operation, sign) in operations.Zip(signs))
        {
            var error = Assert.Throws<ArgumentException>(operation);
            Assert.Equal($"Vec<Hidden> {sign} Vec<Hidden>: expected equal lengths, got 3 and 2.", error.Message);
        }
    }

    [Fact]
    public void A_vector_does_not_change_with_the_array_it_was_made_of_or_gave_out()
    {
        double[] values = [1, 2];
        var vector = new Vec<Input>(values);
        values[0] = 7;
        vector.ToArray()[1] = 7;
        Assert.Equal([1, 2], vector.ToArray());
        Assert.Equal(2, vector[1]);
        Assert.Equal(2, vector.Length);
    }
}
