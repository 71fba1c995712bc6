import asyncio

import pytest

from engine.publish.many import Budget, each


def test_every_item_is_worked_on_and_never_more_at_once_than_allowed():
    async def story():
        running, most, done = 0, 0, []

        async def work(item):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1
            done.append(item)

        await each(range(50), work, at_once=7)
        return most, sorted(done)

    assert asyncio.run(story()) == (7, list(range(50)))


def test_the_first_failure_is_raised_as_it_is_and_ends_the_others():
    done = []

    async def work(item):
        if item == 3:
            raise ValueError("three")
        await asyncio.sleep(0.01)
        done.append(item)

    with pytest.raises(ValueError, match="three"):
        asyncio.run(each(range(1000), work, at_once=4))
    assert len(done) < 10


def test_a_budget_is_never_overspent_and_an_oversized_request_is_served_alone():
    async def story():
        budget, spent, most = Budget(10), 0, 0

        async def work(amount):
            nonlocal spent, most
            async with budget.spend(amount):
                spent += min(amount, 10)
                most = max(most, spent)
                await asyncio.sleep(0)
                spent -= min(amount, 10)

        await asyncio.gather(*(work(amount) for amount in (4, 99, 4, 4, 10, 1, 1, 7)))
        return most, spent

    assert asyncio.run(story()) == (10, 0)


def test_a_cancelled_spender_gives_its_bytes_back():
    async def story():
        budget = Budget(10)

        async def hold():
            async with budget.spend(10):
                await asyncio.sleep(60)

        task = asyncio.create_task(hold())
        await asyncio.sleep(0.01)
        task.cancel()
        async with asyncio.timeout(1), budget.spend(10):
            return True

    assert asyncio.run(story())
