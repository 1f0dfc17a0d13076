using FastRnn.Threading;

namespace FastRnn.Tests.Threading;

public sealed class PartitionTests
{
    [Fact]
    public void Parts_touch_cover_everything_and_differ_by_at_most_one_granule()
    {
        foreach (var granularity in new[] { 1, 6, 16 })
        {
            foreach (var workers in new[] { 1, 2, 3, 5, 16 })
            {
                for (var total = 0; total < 200; total++)
                {
                    var next = 0;
                    var sizes = new List<int>();
                    for (var worker = 0; worker < workers; worker++)
                    {
                        var (begin, end) = Partition.Range(total, worker, workers, granularity);
                        Assert.Equal(next, begin);
                        Assert.True(begin == total || begin % granularity == 0);
                        sizes.Add((end - begin + granularity - 1) / granularity);
                        next = end;
                    }

                    Assert.Equal(total, next);
                    Assert.True(sizes.Max() - sizes.Min() <= 1);
                }
            }
        }
    }

    [Fact]
    public void The_largest_totals_do_not_overflow()
    {
        var (begin, end) = Partition.Range(int.MaxValue, 4, 5, 16);
        Assert.True(begin > 0);
        Assert.Equal(int.MaxValue, end);
    }
}
