using Ecs.Agent.Application.Tasks.Images;

namespace Ecs.Agent.Application.Tests.Tasks.Images;

public sealed class SharedWorkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_WantedByMany_IsDoneOnceForAll()
    {
        var work = new Work();
        var all = Enumerable.Range(0, 40).Select(_ => work.JoinAsync("a", Cancellation)).ToList();
        work.End("a", 7);

        Assert.All(await Task.WhenAll(all), result => Assert.Equal(7, result));
        Assert.Equal(["a"], work.Begun);
        Assert.Empty(work.Shared.UnderWay);
    }

    [Fact]
    public async Task Work_OfDifferentKeys_IsNotShared()
    {
        var work = new Work();
        var (a, b) = (work.JoinAsync("a", Cancellation), work.JoinAsync("b", Cancellation));
        work.End("b", 2);
        Assert.Equal(2, await b);
        work.End("a", 1);
        Assert.Equal(1, await a);
    }

    [Fact]
    public async Task Work_WantedAfterItsEnd_IsDoneAnew()
    {
        var work = new Work();
        var first = work.JoinAsync("a", Cancellation);
        work.End("a", 1);
        await first;
        var second = work.JoinAsync("a", Cancellation);
        work.End("a", 2);

        Assert.Equal(2, await second);
        Assert.Equal(["a", "a"], work.Begun);
    }

    [Fact]
    public async Task Work_ThatFails_FailsForAllAndIsThenDoneAnew()
    {
        var work = new Work();
        var both = new[] { work.JoinAsync("a", Cancellation), work.JoinAsync("a", Cancellation) };
        work.Fail("a", new InvalidOperationException("no"));
        foreach (var one in both)
        {
            Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => one)).Message);
        }

        var again = work.JoinAsync("a", Cancellation);
        work.End("a", 1);
        Assert.Equal(1, await again);
    }

    [Fact]
    public async Task Work_SomebodyLeaves_GoesOnForTheOthers()
    {
        using var leaving = new CancellationTokenSource();
        var work = new Work();
        var (leaves, stays) = (work.JoinAsync("a", leaving.Token), work.JoinAsync("a", Cancellation));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        Assert.False(work.TokenOf("a").IsCancellationRequested);
        work.End("a", 1);

        Assert.Equal(1, await stays);
    }

    [Fact]
    public async Task Work_TheLastOneLeaves_IsCancelledAndNobodyJoinsWhatIsDying()
    {
        using var leaving = new CancellationTokenSource();
        var work = new Work();
        var both = new[] { work.JoinAsync("a", leaving.Token), work.JoinAsync("a", leaving.Token) };
        await work.BegunAsync("a");
        var dying = work.TokenOf("a");
        await leaving.CancelAsync();
        foreach (var one in both)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        Assert.True(dying.IsCancellationRequested);
        Assert.Empty(work.Shared.UnderWay);
        var next = work.JoinAsync("a", Cancellation);
        await work.BegunAsync("a");
        Assert.False(work.TokenOf("a").IsCancellationRequested);
        work.End("a", 3);
        Assert.Equal(3, await next);
    }

    [Fact]
    public async Task Work_AskedForByWhoHasGoneAlready_IsNotBegun()
    {
        var work = new Work();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.JoinAsync("a", new CancellationToken(canceled: true)));

        Assert.Empty(work.Begun);
        Assert.Empty(work.Shared.UnderWay);
    }

    [Fact]
    public async Task Work_JoinedAndLeftByManyAtRandom_EndsForEveryoneWhoStays()
    {
        var running = 0;
        var shared = new SharedWork<string, string, int>(async (_, token) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            return Interlocked.Decrement(ref running);
        });
        async Task StayAsync() => Assert.Equal(0, await shared.JoinAsync("a", () => "a", _ => { }, _ => { }, Cancellation));

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(StayAsync, Cancellation)));

        Assert.Empty(shared.UnderWay);
    }

    /// <summary>Pieces of work that end when the test says so.</summary>
    private sealed class Work
    {
        private readonly Lock _lock = new();
        private readonly List<(string Key, CancellationToken Token)> _begun = [];
        private readonly Dictionary<string, TaskCompletionSource<int>> _ends = [];
        private readonly Dictionary<string, TaskCompletionSource> _begins = [];

        public Work() => Shared = new(DoAsync);

        public SharedWork<string, string, int> Shared { get; }

        public IEnumerable<string> Begun => _begun.Select(b => b.Key);

        public CancellationToken TokenOf(string key)
        {
            lock (_lock)
            {
                return _begun.LastOrDefault(b => b.Key == key).Token;
            }
        }

        public Task<int> JoinAsync(string key, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _begins.TryAdd(key, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                _ends.TryAdd(key, new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return Shared.JoinAsync(key, () => key, _ => { }, _ => { }, cancellationToken);
        }

        public Task BegunAsync(string key) => _begins[key].Task;

        public void End(string key, int result) => Take(key).TrySetResult(result);

        public void Fail(string key, Exception e) => Take(key).TrySetException(e);

        private TaskCompletionSource<int> Take(string key)
        {
            lock (_lock)
            {
                return _ends[key];
            }
        }

        private async Task<int> DoAsync(string key, CancellationToken cancellationToken)
        {
            Task<int> end;
            lock (_lock)
            {
                _begun.Add((key, cancellationToken));
                end = _ends[key].Task;
                _begins[key].TrySetResult();
            }

            try
            {
                return await end.WaitAsync(cancellationToken);
            }
            finally
            {
                lock (_lock)
                {
                    _ends.Remove(key);
                    _begins.Remove(key);
                }
            }
        }
    }
}
