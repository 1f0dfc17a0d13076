using FastRnn.Memory;

namespace FastRnn.Tests.Memory;

public sealed unsafe class ArenaTests
{
    [Fact]
    public void Parts_are_aligned_zeroed_and_disjoint()
    {
        float* a = null;
        int* b = null;
        byte* c = null;
        using var arena = new Arena((ref ArenaLayout layout) =>
        {
            a = layout.Floats(17);
            b = layout.Ints(1);
            c = layout.Bytes(100);
        });

        Assert.Equal(128 + 64 + 128, arena.Size);
        Assert.Equal(0, (nint)a % 64);
        Assert.Equal(128, (byte*)b - (byte*)a);
        Assert.Equal(64, c - (byte*)b);
        for (var i = 0; i < arena.Size; i++)
            Assert.Equal(0, ((byte*)a)[i]);
    }

    [Fact]
    public void The_measuring_pass_sees_null_and_the_second_pass_memory()
    {
        var passes = new List<bool>();
        using var arena = new Arena((ref ArenaLayout layout) =>
        {
            passes.Add(layout.IsMeasuring);
            Assert.Equal(layout.IsMeasuring, layout.Floats(1) == null);
        });
        Assert.Equal([true, false], passes);
    }

    [Fact]
    public void Regions_of_workers_do_not_share_a_pair_of_cache_lines()
    {
        var regions = new nint[3];
        using var arena = new Arena((ref ArenaLayout layout) =>
        {
            for (var i = 0; i < 3; i++)
            {
                layout.SeparateWorkers();
                regions[i] = (nint)layout.Floats(1);
            }
        });
        Assert.All(regions, r => Assert.Equal(0, r % 128));
        Assert.Equal(3, regions.Distinct().Count());
    }

    [Fact]
    public void A_disposed_arena_says_so_and_may_be_disposed_again()
    {
        var arena = new Arena((ref ArenaLayout layout) => layout.Floats(1));
        arena.ThrowIfDisposed(this);
        arena.Dispose();
        arena.Dispose();
        Assert.True(arena.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => arena.ThrowIfDisposed(this));
    }

    [Fact]
    public void Sizes_that_overflow_are_refused_before_anything_is_allocated()
    {
        Assert.Throws<OverflowException>(() => ArenaLayout.Measure((ref ArenaLayout layout) => layout.Floats(nint.MaxValue / 2)));
        Assert.Throws<OverflowException>(() => ArenaLayout.Measure((ref ArenaLayout layout) => layout.Bytes(nint.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ArenaLayout.Measure((ref ArenaLayout layout) => layout.Bytes(-1)));
    }

    [Fact]
    public void A_layout_that_changes_between_its_passes_is_refused()
    {
        var count = 1;
        Assert.Throws<InvalidOperationException>(() => new Arena((ref ArenaLayout layout) => layout.Floats(count += 100)));
        var less = 1000;
        Assert.Throws<InvalidOperationException>(() => new Arena((ref ArenaLayout layout) => layout.Floats(less -= 100)));
    }

    [Fact]
    public void A_forgotten_arena_gives_its_block_back()
    {
        var pool = new ArenaPool(1 << 20);
        Forget(pool);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(ArenaPool.ClassOf(10_000), pool.PooledBytes);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget(ArenaPool pool) => _ = new Arena((ref ArenaLayout layout) => layout.Bytes(10_000), pool);
    }
}
